/* Runs before the page is drawn: the colours that the visitor chose last. */
(function () {
  "use strict";
  const root = document.documentElement;
  root.classList.add("script");
  try {
    const kept = localStorage.getItem("chidao-theme");
    if (kept === "light" || kept === "dark") root.dataset.theme = kept;
  } catch (error) { /* no storage: the system's colours */ }
})();
