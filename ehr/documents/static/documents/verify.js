// Compares a chosen file with the fingerprint on the page. The file never leaves the device.
(() => {
  const box = document.querySelector("[data-compare]");
  if (!box) return;
  const show = (name) => {
    for (const part of ["same", "other", "unable"]) box.querySelector(`[data-${part}]`).hidden = part !== name;
  };
  box.querySelector("input[type=file]").addEventListener("change", async (event) => {
    const file = event.target.files[0];
    if (!file) return;
    if (!globalThis.crypto?.subtle) return show("unable");
    const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
    const hex = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
    show(hex === box.dataset.compare ? "same" : "other");
  });
})();
