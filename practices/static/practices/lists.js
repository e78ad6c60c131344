/* A list of practices that answers in place: its filters, order, pages and words ask for the same
   address as without this script, and the parts of the answer that differ take the place of those
   that are shown (`data-live`). Where anything fails, the browser goes there by itself. */
(() => {
  "use strict";

  const PATIENCE = 150; // milliseconds before the list looks busy

  const listing = document.querySelector("[data-listing]");
  if (!listing) return;
  const status = listing.querySelector("[data-listing-status]");
  const results = listing.querySelector('[data-live="results"]');
  const here = () => location.pathname + location.search;
  let shown = here();
  let asking = null;

  /* Make a node like another one. What stays keeps focus, place and being open. */
  function become(old, next) {
    if (old.nodeType !== Node.ELEMENT_NODE) {
      if (old.nodeValue !== next.nodeValue) old.nodeValue = next.nodeValue;
      return;
    }
    for (const { name } of [...old.attributes]) {
      if (name !== "open" && !next.hasAttribute(name)) old.removeAttribute(name);
    }
    for (const { name, value } of next.attributes) {
      if (name !== "open" && old.getAttribute(name) !== value) old.setAttribute(name, value);
    }
    if (old.type === "checkbox") old.checked = next.hasAttribute("checked");
    fill(old, next);
  }

  function fill(old, next) {
    const names = new Set([...next.children].map((child) => child.id));
    let place = old.firstChild;
    for (const wanted of [...next.childNodes]) {
      const known = find(place, wanted);
      while (known && place !== known && !(place.id && names.has(place.id))) {
        const gone = place;
        place = place.nextSibling;
        gone.remove(); // rather than to move the one that stays, and with it the focus
      }
      if (known && known === place) {
        place = place.nextSibling;
      } else {
        old.insertBefore(known || wanted, place);
      }
      if (known) become(known, wanted);
    }
    while (place) {
      const gone = place;
      place = place.nextSibling;
      gone.remove();
    }
  }

  /* From a place on, the node that may become another one: that of its name, else one without. */
  function find(place, wanted) {
    for (let node = place; node; node = node.nextSibling) {
      const isAlike = node.nodeName === wanted.nodeName && (node.id || "") === (wanted.id || "");
      if (isAlike) return node;
      if (!wanted.id) return null;
    }
    return null;
  }

  /* The address that a form asks for, without what is empty; null where it leads elsewhere. */
  function addressOf(form) {
    const url = new URL(form.getAttribute("action") || location.href, location.href);
    if (url.pathname !== location.pathname) return null;
    const query = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (value.trim()) query.append(name, value.trim());
    }
    const asked = query.toString();
    return url.pathname + (asked ? `?${asked}` : "");
  }

  async function ask(url) {
    if (asking) asking.abort();
    asking = new AbortController();
    const { signal } = asking;
    const busy = setTimeout(() => results.setAttribute("aria-busy", "true"), PATIENCE);
    try {
      const response = await fetch(url, { signal, headers: { Accept: "text/html" } });
      const text = await response.text();
      const page = new DOMParser().parseFromString(text, "text/html");
      if (!response.ok || response.redirected || !page.querySelector("[data-listing]")) {
        throw new Error("The answer is no list.");
      }
      return signal.aborted ? null : page;
    } catch (error) {
      if (signal.aborted) return null; // a later question took its place
      throw error;
    } finally {
      clearTimeout(busy);
    }
  }

  function replaceHead(page) {
    const selector = 'link[rel="canonical"], link[rel="alternate"]';
    document.title = page.title;
    for (const link of document.head.querySelectorAll(selector)) link.remove();
    document.head.append(...page.head.querySelectorAll(selector));
  }

  function replaceWords(page) {
    const [input, next] = [listing, page].map((where) => where.querySelector("input[name=q]#q"));
    if (!input || !next || input.defaultValue === next.defaultValue) return;
    input.defaultValue = next.defaultValue;
    input.value = next.defaultValue;
  }

  function replace(page) {
    replaceHead(page);
    replaceWords(page);
    for (const part of document.querySelectorAll("[data-live]")) {
      const next = page.querySelector(`[data-live="${part.dataset.live}"]`);
      if (next) become(part, next);
    }
    const said = [...results.querySelectorAll("[data-announce]")];
    status.textContent = said.map((one) => one.textContent.replace(/\s+/g, " ").trim()).join(". ");
  }

  function toResults() {
    const count = results.querySelector(".results__count");
    count.focus({ preventScroll: true });
    return count;
  }

  /* Show an address. `isNew`: it becomes the next one of the history. */
  async function show(url, { isNew = true, toTop = false, scroll = null } = {}) {
    status.textContent = "";
    let page;
    try {
      page = await ask(url);
    } catch {
      if (isNew) location.assign(url);
      else location.reload();
      return;
    }
    if (!page) return;
    if (isNew && url !== here()) {
      history.replaceState({ ...history.state, scroll: scrollY }, "");
      history.pushState({}, "", url);
    }
    shown = here();
    replace(page);
    if (toTop) toResults().scrollIntoView({ block: "start" });
    else if (document.activeElement === document.body) toResults();
    if (scroll !== null) scrollTo(0, scroll);
  }

  listing.addEventListener("change", (event) => {
    const { form } = event.target;
    if (event.target.type !== "checkbox" || !form) return;
    show(addressOf(form));
  });

  listing.addEventListener("submit", (event) => {
    const url = addressOf(event.target);
    if (url === null) return;
    event.preventDefault();
    // On a touch screen this takes the keyboard away from the results.
    show(url, { toTop: matchMedia("(pointer: coarse)").matches });
  });

  listing.addEventListener("click", (event) => {
    if (event.target.closest("[data-listing-close]")) {
      listing.querySelector(".disclosure").open = false;
      toResults().scrollIntoView({ block: "start" });
      return;
    }
    const isPlain = !(event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
    const link = event.target.closest("[data-live] a[href]");
    if (!link || !isPlain || event.defaultPrevented || link.hasAttribute("download")) return;
    if (link.origin !== location.origin || link.pathname !== location.pathname) return;
    event.preventDefault();
    show(link.pathname + link.search, { toTop: Boolean(link.closest(".pagination")) });
  });

  addEventListener("popstate", (event) => {
    if (here() === shown) return; // only the fragment changed
    show(here(), { isNew: false, scroll: event.state?.scroll ?? null });
  });

  listing.classList.add("listing--live");
})();
