/**
 * In somebody else's article: tells the host how high the story is. Sends a size and nothing else, so to any parent.
 */
import { fieldOf } from "./copy.js";
import { parts } from "./parts.js";

const LEAST_PX = 420;
const MOST_PX = 900;
const MEASURED_STEPS = 60;

/**
 * Posts the height of the tallest step at this width, clamped, now and whenever the width changes.
 * @param {string[]} ids of the steps
 */
export function bindFrame(ids) {
  if (parent === window || !document.documentElement.classList.contains("framed")) return;
  let width = 0;
  const post = () => {
    if (innerWidth === width || !innerWidth || document.fullscreenElement) return;
    width = innerWidth;
    const height = Math.min(MOST_PX, Math.max(LEAST_PX, Math.ceil(tallest(ids))));
    parent.postMessage({ type: "storymap:height", version: 1, height }, "*");
  };
  new ResizeObserver(post).observe(document.documentElement);
  post();
}

/** In a sandbox links to other pages may be dead: then a reader gets the address to copy. */
export function bindLinks() {
  if (parent === window || origin !== "null") return;
  document.addEventListener("click", (event) => {
    const link = /** @type {HTMLAnchorElement | null} */ (/** @type {Element} */ (event.target).closest("a[target]"));
    if (!link) return;
    event.preventDefault();
    const page = open(link.href);
    if (page) page.opener = null;
    else fieldOf(link.href, link);
  });
}

/**
 * Returns the height that the tallest step wants at this width, in CSS pixels: each is laid out once, none is painted.
 * @param {string[]} ids
 */
function tallest(ids) {
  const root = document.documentElement;
  const [card, map, bar] = ["sm_card", "sm_map", "sm_bar"].map((id) => /** @type {HTMLElement} */ (document.getElementById(id)));
  const [head, box] = [".masthead", ".steps"].map((part) => /** @type {HTMLElement} */ (card.querySelector(part)));
  ids.slice(0, MEASURED_STEPS).forEach(parts.of);
  const steps = [...box.querySelectorAll(".step")];
  const shown = steps.findIndex((step) => step.classList.contains("current"));
  const show = (/** @type {number} */ index) => {
    steps.forEach((step, i) => step.classList.toggle("current", i === index));
    root.classList.toggle("started", index > 0);
    return head.offsetHeight + box.offsetHeight;
  };
  const most = Math.max(...steps.slice(0, MEASURED_STEPS).map((_, i) => show(i)));
  show(shown);
  const above = map.offsetWidth >= innerWidth - 1 ? map.offsetHeight : 0;
  return above + parseFloat(getComputedStyle(card).paddingTop) + most + bar.offsetHeight;
}
