export const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];

// Runs for the page and again for every part that htmx puts in.
export function eachArrival(run) {
  run(document);
  document.addEventListener("htmx:afterSwap", (event) => run(event.detail.elt ?? document));
}

// A click on (or inside) an element that matches.
export function onClick(selector, run) {
  document.addEventListener("click", (event) => {
    const found = event.target.closest(selector);
    if (found) run(found, event);
  });
}
