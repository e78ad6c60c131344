/* Suggestions below a search field: a combobox with a list, chosen by hand
   (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/). Focus stays in the field. */
(() => {
  "use strict";

  const WAIT = 150; // milliseconds after a key
  const FEWEST = 2; // letters

  class Suggestions {
    constructor(input, number) {
      this.input = input;
      this.known = new Map();
      this.found = [];
      this.active = -1;
      this.list = document.createElement("ul");
      this.list.id = `suggestions-${number}`;
      this.list.className = "suggestions";
      this.list.hidden = true;
      this.list.setAttribute("role", "listbox");
      this.list.setAttribute("aria-label", input.dataset.suggestionsLabel);
      this.status = document.createElement("span");
      this.status.className = "visually-hidden";
      this.status.setAttribute("role", "status");
      input.after(this.list, this.status);
      for (const [name, value] of Object.entries({
        role: "combobox",
        autocomplete: "off",
        "aria-autocomplete": "list",
        "aria-expanded": "false",
        "aria-controls": this.list.id,
      })) {
        input.setAttribute(name, value);
      }
      input.addEventListener("input", () => this.wait());
      input.addEventListener("keydown", (event) => this.press(event));
      input.addEventListener("blur", () => this.close());
      input.form.addEventListener("submit", () => this.close());
      // A press must not take the focus out of the field before the click.
      this.list.addEventListener("mousedown", (event) => event.preventDefault());
      this.list.addEventListener("click", (event) => {
        const option = event.target.closest("[role=option]");
        if (option) this.follow([...this.list.children].indexOf(option));
      });
    }

    get words() {
      return this.input.value.trim().replace(/\s+/g, " ");
    }

    wait() {
      this.stop();
      if (this.words.length < FEWEST) this.close();
      else this.timer = setTimeout(() => this.ask(), WAIT);
    }

    stop() {
      clearTimeout(this.timer);
      if (this.asking) this.asking.abort();
      this.asking = null;
    }

    async ask() {
      const { words } = this;
      const key = words.toLowerCase();
      if (!this.known.has(key)) {
        this.asking = new AbortController();
        const { signal } = this.asking;
        try {
          const query = new URLSearchParams({ q: words });
          const response = await fetch(`${this.input.dataset.suggestions}?${query}`, { signal });
          if (!response.ok) return;
          this.known.set(key, await response.json());
        } catch {
          return; // aborted, or without a network: the field works without
        }
      }
      if (words === this.words && document.activeElement === this.input) {
        this.open(this.known.get(key));
      }
    }

    open({ suggestions, status }) {
      this.found = suggestions;
      this.list.replaceChildren(...suggestions.map((one, place) => this.option(one, place)));
      this.list.hidden = !suggestions.length;
      this.input.setAttribute("aria-expanded", String(!this.list.hidden));
      this.status.textContent = status;
      this.mark(-1);
    }

    option(one, place) {
      const option = document.createElement("li");
      option.id = `${this.list.id}-${place}`;
      option.className = `suggestions__option suggestions__option--${one.kind}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      const text = document.createElement("span");
      text.className = "suggestions__text";
      text.textContent = one.text;
      if (one.language) text.lang = one.language;
      const kind = document.createElement("span");
      kind.className = "suggestions__kind";
      kind.textContent = one.kindName;
      option.append(text, " ", kind);
      return option;
    }

    close() {
      this.stop();
      this.list.hidden = true;
      this.input.setAttribute("aria-expanded", "false");
      this.status.textContent = "";
      this.mark(-1);
    }

    mark(place) {
      this.active = place;
      [...this.list.children].forEach((option, number) => {
        option.setAttribute("aria-selected", String(number === place));
        if (number === place) option.scrollIntoView({ block: "nearest" });
      });
      if (place < 0) this.input.removeAttribute("aria-activedescendant");
      else this.input.setAttribute("aria-activedescendant", `${this.list.id}-${place}`);
    }

    move(step) {
      // One place more than options: the field itself, between the last one and the first.
      const places = this.found.length + 1;
      this.mark(((this.active + 1 + step + places) % places) - 1);
    }

    press(event) {
      if (event.isComposing || event.ctrlKey || event.metaKey) return;
      const isOpen = !this.list.hidden;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (isOpen && !event.altKey) this.move(event.key === "ArrowDown" ? 1 : -1);
        else if (isOpen) this.close();
        else if (this.words.length >= FEWEST) this.ask();
      } else if (event.key === "Enter" && isOpen && this.active >= 0) {
        event.preventDefault();
        this.follow(this.active);
      } else if (event.key === "Escape" && isOpen) {
        event.preventDefault(); // a field of searches would lose its words
        this.close();
      } else if (["Home", "End", "ArrowLeft", "ArrowRight"].includes(event.key)) {
        this.mark(-1);
      }
    }

    follow(place) {
      const { kind, text, url } = this.found[place];
      this.close();
      if (kind === "word") {
        this.input.value = text;
        this.input.form.requestSubmit();
      } else {
        location.assign(url);
      }
    }
  }

  document.querySelectorAll("input[data-suggestions]").forEach((input, number) => {
    new Suggestions(input, number);
  });
})();
