/**
 * A link to a step: copied, or handed to the apps of a phone.
 */
import { copyText } from "./copy.js";

/**
 * Binds the buttons of the steps. A page without an address of its own (a frame made from text) shows none of them.
 * @param {Record<string, string>} words
 */
export function bindShare(words) {
  const canonical = /** @type {HTMLLinkElement | null} */ (document.querySelector("link[rel=canonical]"));
  const { href } = canonical ?? location;
  if (!/^(http|file)/.test(href)) return;
  document.documentElement.classList.add("sharing");
  document.addEventListener("click", ({ target }) => {
    const button = /** @type {HTMLElement | null} */ (/** @type {Element} */ (target).closest(".share"));
    if (!button) return;
    const url = new URL(href);
    // How this reader sees the page is no part of the link.
    for (const key of ["embed", "theme", "play"]) url.searchParams.delete(key);
    url.hash = button.closest("section")?.id ?? "";
    const copy = () => copyText(url.href, button, words.copied);
    // On a computer a link is for pasting; its own sheet for sharing is a way round.
    if (!navigator.share || !matchMedia("(pointer: coarse)").matches) copy();
    else navigator.share({ url: url.href }).catch(({ name }) => name === "AbortError" || copy());
  });
}
