// Runs before the body. In a sandbox WebKit does not know a page's own host by 'self', so the policy allows files of any
// host; this second policy, which browsers add to it, leaves the one host that the page came from.
(() => {
  const rule = /** @type {HTMLMetaElement} */ (document.querySelector("meta[http-equiv]"));
  const own = /^https?:\/\/[^/]+/.exec(location.href)?.[0] ?? "";
  const meta = document.createElement("meta");
  meta.httpEquiv = "Content-Security-Policy";
  meta.content = rule.content.replace(/ http:(?=;| |$)/g, own && ` ${own}`);
  document.head.append(meta);
})();
