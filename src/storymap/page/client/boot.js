// Runs before the first paint: says that scripts run, whether the page is framed, and which theme was asked for.
(() => {
  const root = document.documentElement;
  const query = new URLSearchParams(location.search);
  root.classList.add("js");
  if (query.get("embed") === "1") root.classList.add("framed");
  // Who comes for another step is not shown the first.
  if (/^#[^?]/.test(location.hash) && location.hash.slice(1) !== root.dataset.first) root.classList.add("later");
  const theme = query.get("theme");
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;
})();
