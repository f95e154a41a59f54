/**
 * In somebody else's article: tells the host how high the story is. Sends a size and nothing else, so to any parent.
 */

const LEAST_PX = 420;
const MOST_PX = 900;

/** Posts the height of the tallest step at this width, clamped, now and whenever the width changes. */
export function bindFrame() {
  if (parent === window || !document.documentElement.classList.contains("framed")) return;
  let width = 0;
  const post = () => {
    if (innerWidth === width || !innerWidth) return;
    width = innerWidth;
    const height = Math.min(MOST_PX, Math.max(LEAST_PX, Math.ceil(tallest())));
    parent.postMessage({ type: "storymap:height", version: 1, height }, "*");
  };
  new ResizeObserver(post).observe(document.documentElement);
  post();
}

/** Returns the height that the tallest step wants, in CSS pixels. */
function tallest() {
  const card = /** @type {HTMLElement} */ (document.getElementById("sm_card"));
  const steps = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".step")]);
  const shown = steps.find((step) => step.classList.contains("current"));
  const rest = card.scrollHeight - (shown?.offsetHeight ?? 0);
  card.classList.add("measuring");
  const most = Math.max(...steps.map((step) => step.offsetHeight));
  card.classList.remove("measuring");
  const map = /** @type {HTMLElement} */ (document.getElementById("sm_map"));
  const bar = /** @type {HTMLElement} */ (document.getElementById("sm_bar"));
  const stacked = map.offsetWidth >= innerWidth - 1;
  return most + rest + bar.offsetHeight + (stacked ? map.offsetHeight : 0);
}
