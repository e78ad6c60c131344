/* The form of a translation: each section of the original stands beside its block. Wagtail draws
   the blocks in the browser, after the page; until then, and without a block, the pieces of the
   original stand below them all. */

(() => {
  const BLOCKS = "[data-streamfield-child]";
  const TEXTS = "[role=textbox], [contenteditable=true], input[type=text]";

  class PracticeBesideController extends window.StimulusModule.Controller {
    connect() {
      this.field = this.element.closest("form");
      this.observer = new MutationObserver(() => this.place());
      this.observer.observe(this.field, { childList: true, subtree: true });
      this.place();
    }

    disconnect() {
      this.observer.disconnect();
    }

    /** Put the pieces that stand nowhere yet beside their blocks, and say so to screen readers. */
    place() {
      for (const piece of this.element.querySelectorAll(":scope > [data-section]")) {
        const block = this.blockOf(piece.dataset.section);
        if (block) this.move(piece, block);
      }
      for (const piece of this.field.querySelectorAll("[data-section]")) this.describe(piece);
    }

    blockOf(section) {
      const type = [...this.field.querySelectorAll(".ficha-sections input[name$='-type']")].find(
        (input) => input.value === section,
      );
      return type?.closest(BLOCKS)?.querySelector(":scope > section > .w-panel__content");
    }

    move(piece, block) {
      block.classList.add("ficha-beside");
      block.append(piece);
    }

    /** What stands beside a text is named where the text is entered. */
    describe(piece) {
      const place = piece.closest(".ficha-beside");
      const named = ["state", "title"].map((part) => `original-${piece.dataset.section}-${part}`);
      for (const text of place?.querySelectorAll(TEXTS) ?? []) {
        const ids = (text.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean);
        if (ids.includes(named[0])) continue;
        text.setAttribute("aria-describedby", [...ids, ...named].join(" "));
      }
    }
  }

  window.wagtail.app.register("practice-beside", PracticeBesideController);
})();
