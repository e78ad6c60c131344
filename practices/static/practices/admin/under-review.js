/* A ficha under review: its fields can be read and commented on, not changed. The server refuses
   changes as well; this only shows it. The mark is in the message above the form. */

(() => {
  const FIELDS = 'input:not([type="hidden"]), textarea, select';

  const freeze = (form) => {
    form.classList.add("ficha-under-review");
    for (const field of form.querySelectorAll(`.w-panel__content ${FIELDS.split(", ").join(", .w-panel__content ")}`)) {
      if (field.type === "checkbox" || field.type === "radio" || field.tagName === "SELECT") {
        field.disabled = true;
      } else {
        field.readOnly = true;
      }
    }
    for (const text of form.querySelectorAll("[contenteditable=true]")) {
      text.setAttribute("contenteditable", "false");
    }
  };

  const start = () => {
    const form = document.querySelector("form[data-edit-form]") ?? document.querySelector("#page-edit-form");
    if (!form || !document.querySelector("[data-ficha-under-review]")) return;
    freeze(form);
    // Rich text and blocks are drawn after the page has loaded.
    new MutationObserver(() => freeze(form)).observe(form, { childList: true, subtree: true });
  };

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
