// Shows how far a machine translation is; when it ends, the page is loaded anew with the new states.
(() => {
  const SECONDS = 3;
  const box = document.querySelector("[data-translation-under-way]");
  if (!box) {
    return;
  }
  const show = (name, text) => {
    const part = box.querySelector(`[data-translation-${name}]`);
    // Written only when it changes: a live region is read aloud each time.
    if (part && part.textContent !== text) {
      part.textContent = text;
    }
  };
  const look = async () => {
    try {
      const answer = await fetch(box.dataset.translationJob, {
        headers: { Accept: "application/json" },
      });
      if (answer.ok) {
        const job = await answer.json();
        if (!job.under_way) {
          window.location.reload();
          return;
        }
        show("label", job.label);
        show("count", `${job.done} / ${job.total}`);
        show("text", job.text);
        const bar = box.querySelector("progress");
        bar.max = job.total || 1;
        bar.value = job.done;
      }
    } catch {
      // The next look may find the network again.
    }
    window.setTimeout(look, SECONDS * 1000);
  };
  window.setTimeout(look, SECONDS * 1000);
})();
