/**
 * Several pictures of a step, one at a time; and any picture at its full size. Without scripts all of them stand below
 * each other. Linked into pages with such pictures alone.
 * @import { Story } from "./types.js"
 */
import { ahead } from "./keys.js";

/** @param {Story} story */
export function start({ data }) {
  const enlarge = bindLarge(data.words.close);
  /** @param {ParentNode} within */
  function bind(within) {
    for (const gallery of within.querySelectorAll(".gallery")) bindGallery(/** @type {HTMLElement} */ (gallery));
    for (const img of within.querySelectorAll(".image img[data-large]")) enlarge(/** @type {HTMLImageElement} */ (img));
  }
  bind(document);
  document.addEventListener("fresh", ({ target }) => bind(/** @type {Element} */ (target)));
}

/** @param {HTMLElement} gallery */
function bindGallery(gallery) {
  const figures = [...gallery.querySelectorAll("figure")];
  const bar = /** @type {HTMLElement} */ (gallery.querySelector(".turns"));
  const [seen, heard] = bar.querySelectorAll("p");
  const [back, next] = bar.querySelectorAll("button");
  let at = 0;

  /** @param {number} wanted */
  function turn(wanted) {
    at = Math.min(figures.length - 1, Math.max(0, wanted));
    figures.forEach((figure, i) => {
      figure.classList.toggle("turned", i !== at);
      // What nobody sees any more is not to be heard either.
      if (i !== at) for (const playing of figure.querySelectorAll("audio, video")) /** @type {HTMLMediaElement} */ (playing).pause();
    });
    const values = [String(at + 1), String(figures.length)];
    seen.textContent = (gallery.dataset.count ?? "").replace(/\{(n|total)\}/g, (_, key) => values[Number(key === "total")]);
    // Disabled buttons would lose the focus.
    back.setAttribute("aria-disabled", String(at === 0));
    next.setAttribute("aria-disabled", String(at === figures.length - 1));
  }

  /**
   * Turns because the reader wants it: then what comes is said, too.
   * @param {number} wanted
   */
  function turnAndTell(wanted) {
    turn(wanted);
    const shown = figures[at].querySelector("img[alt]:not([alt='']), [aria-label], .player-title");
    const words = shown?.getAttribute("alt") ?? shown?.getAttribute("aria-label") ?? shown?.textContent;
    heard.textContent = `${seen.textContent}: ${words}`;
  }

  back.addEventListener("click", () => turnAndTell(at - 1));
  next.addEventListener("click", () => turnAndTell(at + 1));
  gallery.addEventListener("keydown", (event) => {
    const own = /** @type {Element} */ (event.target).closest("audio, video");
    if (own || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const to = new Map([["ArrowRight", at + ahead()], ["ArrowLeft", at - ahead()], ["Home", 0], ["End", figures.length - 1]]).get(event.key);
    if (to === undefined) return;
    turnAndTell(to);
    event.preventDefault(); // so that the story does not step
  });
  bindFinger(gallery, (by) => turnAndTell(at + by));
  bar.hidden = false;
  gallery.classList.add("turning");
  turn(0);
}

/**
 * Turns pictures on a sideways swipe; the story then does not step.
 * @param {HTMLElement} gallery
 * @param {(by: number) => void} turn
 */
function bindFinger(gallery, turn) {
  let x = 0;
  let y = 0;
  gallery.addEventListener("touchstart", (event) => {
    event.stopPropagation();
    ({ clientX: x, clientY: y } = event.touches[0]);
  }, { passive: true });
  gallery.addEventListener("touchend", (event) => {
    event.stopPropagation();
    const dx = event.changedTouches[0].clientX - x;
    const dy = event.changedTouches[0].clientY - y;
    const own = /** @type {Element} */ (event.target).closest("audio, video");
    if (!own && Math.abs(dx) > 40 && Math.abs(dx) > 2 * Math.abs(dy)) turn(-Math.sign(dx) * ahead());
  }, { passive: true });
}

/**
 * Returns what makes a picture that has a larger file a button, which shows that one over the page. Esc closes it, and the
 * focus returns: both are the dialog's own.
 * @param {string} close
 */
function bindLarge(close) {
  const dialog = document.createElement("dialog");
  dialog.className = "large";
  const button = document.createElement("button");
  button.className = "button";
  button.textContent = close;
  const large = document.createElement("img");
  dialog.append(button, large);
  dialog.addEventListener("click", () => dialog.close());
  // Keys that mean a step or a picture elsewhere mean nothing here.
  dialog.addEventListener("keydown", (event) => event.stopPropagation());
  return (/** @type {HTMLImageElement} */ img) => {
    const { large: file = "", enlarge = "" } = img.dataset;
    const opener = document.createElement("button");
    opener.type = "button";
    opener.className = "enlarge";
    const heard = document.createElement("span");
    heard.className = "vh";
    heard.textContent = enlarge;
    const shown = img.closest("picture") ?? img;
    shown.replaceWith(opener);
    opener.append(shown, heard);
    opener.addEventListener("click", () => {
      large.src = file === "here" ? img.src : file;
      large.alt = img.alt;
      dialog.setAttribute("aria-label", enlarge);
      document.body.append(dialog);
      dialog.showModal();
    });
  };
}
