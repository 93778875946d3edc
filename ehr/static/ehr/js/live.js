// <div data-poll="5" hx-get="…" hx-trigger="poll">: asks again every five seconds while somebody looks.
// <data data-hide-after="60" data-hidden="138****1234">: shows a value for a minute, then covers it again.
import { all, eachArrival } from "./dom.js";

const due = new WeakMap();

function tick() {
  if (document.hidden) return;
  const now = Date.now();
  for (const part of all("[data-poll]")) {
    const next = due.get(part) ?? now + Number(part.dataset.poll) * 1000;
    due.set(part, next);
    if (now < next) continue;
    due.set(part, now + Number(part.dataset.poll) * 1000);
    part.dispatchEvent(new CustomEvent("poll"));
  }
}
setInterval(tick, 500);

function cover(value) {
  value.textContent = value.dataset.hidden;
  value.closest("[data-shown]")?.removeAttribute("data-shown");
}

eachArrival((part) => {
  for (const value of all("[data-hide-after]", part)) {
    if (due.has(value)) continue;
    due.set(value, setTimeout(cover, Number(value.dataset.hideAfter) * 1000, value));
  }
});
