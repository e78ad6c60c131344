/* The reader's own compilation: kept on this device alone, by short codes, and never sent. Cards get
   a tick, and a bar says how many were ticked; the page of the compilation answers in place. An
   address that names practices always wins over what is kept. */
(() => {
  "use strict";

  const KEY = "practices-compilation";
  const KEPT = "practices-compilation-is-own";
  const CODE = /^[A-Z]{3}-[0-9]{1,6}$/;

  const bar = document.querySelector("[data-compilation-bar]");
  const status = document.querySelector("[data-compilation-status]");
  const form = document.querySelector("[data-compilation]");
  if (!bar || !status) return;
  const MOST = Number(bar.dataset.most);

  /* A browser may refuse to keep anything: then the choice lives as long as the page. */
  const memory = new Map();

  function get(storage, key) {
    try {
      return window[storage].getItem(key);
    } catch {
      return memory.get(key) ?? null;
    }
  }

  function set(storage, key, value) {
    try {
      if (value === null) window[storage].removeItem(key);
      else window[storage].setItem(key, value);
    } catch {
      memory.set(key, value);
    }
  }

  /* What is kept: short codes in their order, and a query string of what is wished beside them. */
  function kept() {
    try {
      const { practices, wishes } = JSON.parse(get("localStorage", KEY)) ?? {};
      const codes = practices.filter((code) => CODE.test(code)).slice(0, MOST);
      return { practices: [...new Set(codes)], wishes: typeof wishes === "string" ? wishes : "" };
    } catch {
      return { practices: [], wishes: "" };
    }
  }

  function keep(practices, wishes) {
    const value = practices.length ? JSON.stringify({ practices, wishes }) : null;
    set("localStorage", KEY, value);
  }

  function addressOf({ practices, wishes }) {
    const parts = [practices.length && `practices=${practices.join(".")}`, wishes];
    const query = parts.filter(Boolean).join("&");
    return bar.dataset.url + (query ? `?${query}` : "");
  }

  const grouped = (number) => number.toLocaleString(document.documentElement.lang);

  /* Words of the page with what stands in braces; `one` or `many` of them by the count. */
  function words(text, values) {
    return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  }

  function counted(element, total) {
    return words(element.dataset[total === 1 ? "one" : "many"], { total: grouped(total) });
  }

  function say(text) {
    status.textContent = "";
    // A text that was said before is said again.
    requestAnimationFrame(() => {
      status.textContent = text;
    });
  }

  /* Lists: a tick on each card, and the bar. */

  function titleOf(place) {
    return place.querySelector(".card__title a") ?? document.querySelector("h1");
  }

  function tickFor(place, code) {
    const label = document.createElement("label");
    label.className = "check tick";
    label.dataset.code = code;
    const box = document.createElement("input");
    box.type = "checkbox";
    box.autocomplete = "off"; // going back, a browser would put its own memory in
    const text = document.createElement("span");
    text.className = "check__label";
    text.textContent = bar.dataset.tick;
    const title = document.createElement("span");
    const named = titleOf(place);
    title.className = "visually-hidden";
    title.textContent = ` ${named.textContent.trim()}`;
    if (named.lang) title.lang = named.lang;
    label.append(box, text, title);
    box.addEventListener("change", () => toggle(box, code));
    return label;
  }

  function toggle(box, code) {
    const { practices, wishes } = kept();
    const others = practices.filter((one) => one !== code);
    if (box.checked && others.length >= MOST) {
      box.checked = false;
      say(show(words(bar.dataset.full, { total: grouped(MOST) })));
      return;
    }
    keep(box.checked ? [...others, code] : others, wishes);
    say(show());
  }

  /* Ticks and bar as what is kept says; returns what the bar says. */
  function show(note = "") {
    const own = kept();
    const chosen = new Set(own.practices);
    for (const place of form ? [] : document.querySelectorAll("[data-practice]")) {
      const code = place.dataset.practice;
      let tick = place.querySelector(".tick");
      if (!tick || tick.dataset.code !== code) {
        tick?.remove();
        place.querySelector("[data-compilation-start]")?.remove();
        tick = tickFor(place, code);
        place.append(tick);
      }
      tick.querySelector("input").checked = chosen.has(code);
    }
    const text = note || counted(bar, chosen.size);
    bar.querySelector("[data-compilation-count]").textContent = text;
    bar.querySelector("[data-compilation-link]").href = addressOf(own);
    bar.hidden = Boolean(form) || !chosen.size;
    document.documentElement.classList.toggle("has-compilation", !bar.hidden);
    return text;
  }

  /* The page of the compilation. */

  class Page {
    constructor() {
      this.input = form.elements.namedItem("practices");
      this.items = form.querySelector("[data-compilation-items]");
      this.address = form.querySelector("[data-compilation-address]");
      this.codes = this.input ? this.input.value.split(".").filter(Boolean) : [];
      form.classList.add("compilation--live");
      this.part("with-script")?.removeAttribute("hidden");
      form.addEventListener("change", () => this.update());
      form.addEventListener("input", (event) => {
        if (event.target.name === "title") this.update();
      });
      form.addEventListener("click", (event) => this.press(event));
      form.addEventListener("submit", (event) => this.submit(event));
      this.prepareCopy();
      if (this.input) this.compare();
    }

    part(name) {
      return form.querySelector(`[data-compilation-${name}]`);
    }

    /* Whether the address shows what is kept here, or what somebody else chose. */
    compare() {
      const own = kept();
      const wasOwn = get("sessionStorage", KEPT) !== null;
      set("sessionStorage", KEPT, null);
      if (!location.search && !this.codes.length && own.practices.length && !wasOwn) {
        location.replace(addressOf(own));
        return;
      }
      const isSame = [...own.practices].sort().join() === [...this.codes].sort().join();
      this.isOwn = isSame || wasOwn || !own.practices.length;
      if (this.isOwn) {
        this.keep();
      } else if (this.codes.length) {
        const notice = this.part("foreign");
        this.part("foreign-count").textContent = counted(notice, own.practices.length);
        this.part("own").href = addressOf(own);
        notice.hidden = false;
      }
    }

    keep() {
      if (this.isOwn) keep(this.codes, this.query(false));
    }

    /* What the form asks for, as the server writes it; with or without the practices. */
    query(isWhole = true) {
      const query = new URLSearchParams();
      const language = document.documentElement.lang;
      const data = [...new FormData(form)];
      const languages = data.filter(([name]) => name === "lang").map(([, code]) => code);
      for (const [name, given] of data) {
        const value = given.trim();
        const isPractices = !["title", "lang", "design", "group"].includes(name);
        const isUsual =
          (name === "lang" && languages.join() === language) ||
          (name === "design" && value === "full") ||
          (name === "group" && value === "none");
        if (value && name !== "add" && !isUsual && (isWhole || !isPractices)) {
          query.append(name, value);
        }
      }
      return query.toString();
    }

    /* The address, and all that leads to it, as the form stands now. */
    update() {
      const query = this.query();
      const url = bar.dataset.url + (query ? `?${query}` : "");
      this.keep();
      try {
        history.replaceState(history.state, "", url);
      } catch {
        // Some browsers refuse more than a hundred in half a minute; the next one tells it all.
      }
      if (this.address) this.address.value = new URL(url, location.href).href;
      for (const link of document.querySelectorAll(".language a[hreflang]")) {
        link.search = query;
      }
    }

    press(event) {
      const button = event.target.closest("button, a");
      if (!button) return;
      const item = button.closest("[data-practice]");
      if (button.name === "up" || button.name === "down") {
        event.preventDefault();
        this.move(item, button.name);
      } else if (button.name === "remove") {
        event.preventDefault();
        this.remove(item);
      } else if (button.name === "clear") {
        event.preventDefault();
        this.remove(null);
      } else if (button.matches("[data-compilation-undo-link]") && this.before) {
        event.preventDefault();
        this.undo();
      } else if (button.matches("[data-compilation-keep]")) {
        this.isOwn = true;
        this.part("foreign").hidden = true;
        this.keep();
        this.items.querySelector("a, button")?.focus();
      }
    }

    /* What the server answers to a button is the reader's own as much as what it was asked from. */
    submit(event) {
      const isFile = event.submitter?.matches("[data-compilation-file]");
      if (this.isOwn && !isFile) set("sessionStorage", KEPT, "1");
    }

    title(item) {
      return item.querySelector(".picked__title a");
    }

    move(item, direction) {
      const rows = this.items.children;
      if (direction === "up") item.previousElementSibling?.before(item);
      else item.nextElementSibling?.after(item);
      this.show();
      const [up, down] = item.querySelectorAll(".picked__act");
      const pressed = direction === "up" ? up : down;
      (pressed.disabled ? (pressed === up ? down : up) : pressed).focus();
      const place = [...rows].indexOf(item) + 1;
      const values = {
        title: this.title(item).textContent,
        place: grouped(place),
        total: grouped(rows.length),
      };
      say(words(this.items.dataset.moved, values));
    }

    /* Take an item away, or all of them. */
    remove(item) {
      this.before = { rows: [...this.items.children], codes: this.codes, item };
      const next = item && (item.nextElementSibling ?? item.previousElementSibling);
      if (item) item.remove();
      else this.items.replaceChildren();
      this.codes = item ? this.codes.filter((code) => code !== item.dataset.practice) : [];
      this.show();
      const notice = this.part("undo");
      const title = this.part("undo-title");
      this.part("undo-text").textContent = item ? notice.dataset.one : notice.dataset.all;
      title.textContent = item ? this.title(item).textContent : "";
      title.lang = (item && this.title(item).lang) || document.documentElement.lang;
      notice.hidden = false;
      (next?.querySelector("[name=remove]") ?? this.part("undo-link")).focus();
      say(`${this.part("undo-text").textContent} ${title.textContent}`);
    }

    undo() {
      const { rows, codes, item } = this.before;
      this.before = null;
      this.items.replaceChildren(...rows);
      this.codes = codes;
      this.show();
      this.part("undo").hidden = true;
      (item ?? rows[0])?.querySelector("[name=remove]").focus();
      say(this.items.dataset.restored);
    }

    /* All that depends on which items there are and in which order. */
    show() {
      const rows = [...this.items.children];
      const shown = rows.map((row) => row.dataset.practice);
      // Codes without a public practice have no row; they stay where they are.
      const places = shown[Symbol.iterator]();
      const isShown = new Set(shown);
      this.codes = this.codes.map((code) => (isShown.has(code) ? places.next().value : code));
      this.input.value = this.codes.join(".");
      rows.forEach((row, place) => {
        row.querySelector("[name=up]").disabled = place === 0;
        row.querySelector("[name=down]").disabled = place === rows.length - 1;
      });
      const total = this.part("total");
      total.textContent = rows.length ? counted(total, rows.length) : total.dataset.none;
      this.part("empty").hidden = rows.length > 0;
      this.part("rest").hidden = !rows.length;
      this.part("files").hidden = !rows.length;
      form.classList.toggle("compilation--empty", !rows.length);
      this.part("undo").hidden = true;
      this.update();
    }

    prepareCopy() {
      const button = this.part("copy");
      if (!button) return;
      button.hidden = false;
      button.addEventListener("click", async () => {
        this.address.select();
        try {
          await navigator.clipboard.writeText(this.address.value);
        } catch {
          document.execCommand("copy"); // without HTTPS there is no other way
        }
        say(button.dataset.done);
        button.classList.add("is-done");
      });
    }
  }

  show();
  if (form) {
    new Page();
    return;
  }
  // Lists that answer in place bring cards without ticks.
  new MutationObserver(() => show()).observe(document.querySelector("main"), {
    childList: true,
    subtree: true,
    attributeFilter: ["data-practice"],
  });
  addEventListener("storage", (event) => {
    if (event.key === KEY || event.key === null) show();
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted) show();
  });
})();
