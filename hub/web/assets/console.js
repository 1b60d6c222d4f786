// Keeps the parts of a page fresh that say where they come from, and says so where they no longer are.

const SCANNED = "[data-scan]";

/** Fetches its part again and again; a part that stays away is told with the time of the last one. */
class LivePart {
  #holder;
  #stale;
  #shown;
  #at = new Date();

  constructor(holder) {
    this.#holder = holder;
    this.#stale = document.querySelector(".stale");
    this.#shown = null;
    setInterval(() => this.#renew(), Number(holder.dataset.seconds) * 1000);
  }

  async #renew() {
    if (document.hidden) return;
    try {
      const answer = await fetch(this.#holder.dataset.live, { cache: "no-store", signal: AbortSignal.timeout(8000) });
      if (answer.status === 401) {
        location.assign("/console/");
        return;
      }
      if (!answer.ok) throw new Error(String(answer.status));
      this.#show(await answer.text());
      this.#at = new Date();
      this.#stale.hidden = true;
    } catch {
      this.#stale.textContent = this.#stale.dataset.sentence.replace("…", this.#at.toTimeString().slice(0, 8));
      this.#stale.hidden = false;
    }
  }

  #show(text) {
    // Whoever is choosing something in the part is left alone.
    if (text === this.#shown || this.#holder.querySelector("details[open]")) return;
    const focused = this.#holder.contains(document.activeElement) ? document.activeElement.id : "";
    const template = document.createElement("template");
    template.innerHTML = text;
    this.#holder.replaceChildren(template.content);
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
    this.#shown = text;
  }
}

for (const holder of document.querySelectorAll("[data-live]")) new LivePart(holder);

// A form is sent once, however often its button is pressed.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.slow) {
    const saying = document.createElement("p");
    saying.className = "hint";
    saying.setAttribute("role", "status");
    saying.textContent = form.dataset.slow;
    form.after(saying);
  }
  if (form.dataset.once === undefined) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
});
// A page that comes back from the browser's store can be sent again.
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("[data-sent]")) delete form.dataset.sent;
});

// What a scanner types lands in its field, wherever the finger was last.
document.addEventListener("keydown", (event) => {
  const field = document.querySelector(SCANNED);
  const typing = event.target.matches("input:not([type=radio]), select, textarea");
  if (!field || typing || event.key.length !== 1 || event.key === " " || event.ctrlKey || event.altKey || event.metaKey) return;
  field.value = "";
  field.focus();
});
