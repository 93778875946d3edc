// Messages at the foot of the page: rendered by the server, sent as HX-Trigger {"toast": {"text", "tone"}}, or on failure.
import { all, eachArrival, onClick } from "./dom.js";

const STAY_MS = 8000;
const tray = () => document.getElementById("toasts");

function show(text, tone = "ok") {
  const stencil = document.getElementById(`toast-${tone === "bad" ? "bad" : "ok"}`);
  if (!stencil || !tray()) return;
  const toast = stencil.content.firstElementChild.cloneNode(true);
  toast.querySelector("[data-text]").textContent = text;
  tray().append(toast);
  leaveLater(toast);
}

function leaveLater(toast) {
  if (toast.dataset.timed) return;
  toast.dataset.timed = "yes";
  const leave = () => (toast.matches(":hover, :focus-within") ? setTimeout(leave, STAY_MS) : toast.remove());
  setTimeout(leave, STAY_MS);
}

eachArrival(() => all("#toasts > .ui-toast").forEach(leaveLater));
onClick("[data-dismiss]", (button) => button.closest(".ui-toast")?.remove());
document.addEventListener("toast", (event) => show(event.detail.text ?? event.detail.value, event.detail.tone));
document.addEventListener("htmx:responseError", () => show(tray()?.dataset.failed, "bad"));
document.addEventListener("htmx:sendError", () => show(tray()?.dataset.offline, "bad"));
