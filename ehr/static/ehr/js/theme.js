// Runs before the first paint: the person's own choice first, then the system's.
(() => {
  const system = matchMedia("(prefers-color-scheme: dark)");
  let chosen = null;
  try {
    chosen = localStorage.getItem("theme");
  } catch {
    // storage is closed in some private windows; the system's choice stands
  }
  const paint = () => {
    document.documentElement.dataset.bsTheme = chosen ?? (system.matches ? "dark" : "light");
  };
  paint();
  system.addEventListener("change", paint);
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-theme-toggle]")) return;
    chosen = document.documentElement.dataset.bsTheme === "dark" ? "light" : "dark";
    paint();
    document.dispatchEvent(new Event("themechange"));
    try {
      localStorage.setItem("theme", chosen);
    } catch {
      // as above: the choice lasts for this page
    }
  });
})();
