// "/" search, J K through [data-list], Enter opens (the link has focus), A presses [data-key="a"], "?" lists the keys.
import { all } from "./dom.js";

const typing = (target) => target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName);
const links = () => all("[data-list] li > a, [data-list] tbody th a");
const seen = (element) => element && element.getClientRects().length > 0;

function move(step) {
  const items = links();
  if (!items.length) return;
  const at = items.findIndex((item) => item.hasAttribute("aria-current"));
  const next = items[Math.min(items.length - 1, Math.max(0, at + step))];
  items.forEach((item) => item.removeAttribute("aria-current"));
  next.setAttribute("aria-current", "true");
  next.focus();
}

const actions = {
  "/": () => all(".ui-search input").find(seen)?.focus(),
  "?": () => document.getElementById("shortcuts")?.showModal(),
  j: () => move(1),
  k: () => move(-1),
  a: () => all('[data-key="a"]').find(seen)?.click(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) return;
  if (document.querySelector("dialog[open]")) return;
  const action = actions[event.key.toLowerCase()];
  if (!action) return;
  event.preventDefault();
  action();
});
