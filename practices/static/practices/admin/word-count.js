/*
 * The word counter of the rich text sections. The rule is that of practices/words.py; both are
 * held to the vectors of tests/practices/word_vectors.json.
 */
(() => {
  const SEPARATOR =
    /[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/;
  const INVISIBLE = /[\u00ad\u200b-\u200f\u2060\ufeff]/g;
  const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;

  /** Number of words in plain text. */
  const countWords = (text) =>
    text
      .replace(INVISIBLE, "")
      .split(SEPARATOR)
      .filter((part) => LETTER_OR_DIGIT.test(part)).length;

  /** The text of Draftail's ContentState, blocks apart by line breaks. */
  const textOfContentState = (contentState) =>
    (contentState?.blocks ?? []).map((block) => block.text).join("\n");

  const fill = (message, numbers) =>
    message.replace(/\{(\w+)\}/g, (_match, name) => numbers[name]);

  /** Shows below a Draftail editor how many words it holds, and tells when the limit is crossed. */
  class PracticeWordsController extends window.StimulusModule.Controller {
    static values = {
      limit: Number, // 0: none
      one: String,
      many: String,
      limited: String,
      over: String,
      within: String,
    };

    connect() {
      this.input = this.element.querySelector("input[type=hidden][name]");
      this.count = document.createElement("span");
      // A live region of its own: the count changes too often to be read out.
      this.status = document.createElement("span");
      this.status.setAttribute("role", "status");
      this.status.setAttribute("aria-live", "polite");
      this.counter = document.createElement("p");
      this.counter.className = "practice-words";
      this.counter.append(this.count, " ", this.status);
      this.element.append(this.counter);
      this.isOver = false;
      // Draftail fires no event; it writes the hidden input's value, which is an attribute too.
      this.observer = new MutationObserver(() => this.update());
      this.observer.observe(this.input, { attributeFilter: ["value"] });
      this.update();
    }

    disconnect() {
      this.observer.disconnect();
      this.counter.remove();
    }

    update() {
      const contentState = JSON.parse(this.input.value || "null");
      const numbers = {
        count: countWords(textOfContentState(contentState)),
        limit: this.limitValue,
      };
      const isOver = numbers.limit > 0 && numbers.count > numbers.limit;
      this.count.textContent = fill(this.message(numbers), numbers);
      this.counter.classList.toggle("practice-words--over", isOver);
      if (isOver !== this.isOver) {
        this.isOver = isOver;
        this.status.textContent = fill(isOver ? this.overValue : this.withinValue, numbers);
      }
    }

    message({ count, limit }) {
      if (limit > 0) return this.limitedValue;
      return count === 1 ? this.oneValue : this.manyValue;
    }
  }

  window.practiceWords = { countWords, textOfContentState };
  window.wagtail.app.register("practice-words", PracticeWordsController);
})();
