// Runs before the first paint: says that scripts run, whether the page is framed, and which theme was asked for.
(() => {
  const root = document.documentElement;
  const query = new URLSearchParams(location.search);
  root.classList.add("js");
  if (query.get("embed") === "1") root.classList.add("framed");
  else if (root.dataset.layout && parent === self) root.classList.add("scrolly");
  // Who comes for another step is not shown the first.
  if (/^#[^?]/.test(location.hash) && location.hash.slice(1) !== root.dataset.first) root.classList.add("later");
  // Search engines want the whole address of the story in another language, which only the page in its place knows.
  for (const link of /** @type {NodeListOf<HTMLLinkElement>} */ (document.querySelectorAll("link[hreflang]"))) link.href = `${link.href}`;
  const theme = query.get("theme");
  if (theme !== "light" && theme !== "dark") return;
  root.dataset.theme = theme;
  for (const bar of /** @type {NodeListOf<HTMLMetaElement>} */ (document.querySelectorAll("meta[name=theme-color]"))) bar.media = bar.media.includes(theme) ? "all" : "not all";
})();
