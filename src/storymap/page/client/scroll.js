/**
 * A story that scrolls: its text goes by beside a map that stays, and the step at the place where one reads is the
 * map's. Which one that is follows from how the page is scrolled and from nothing else, so no way there matters.
 * @import { Story } from "./types.js"
 */
import { place } from "./stepper.js";

const LINE = 0.4; // one reads so far down the room for text
const REST_MS = 150; // a fast scroll does not ask the map for every step that goes by

/**
 * Lets the page scroll through the steps. In a frame they take turns, as in any story.
 * @param {Story} story
 */
export function start({ state }) {
  const root = document.documentElement;
  if (!root.classList.contains("scrolly")) return;
  const [card, status, bar] = ["sm_card", "sm_status", "sm_bar"].map((id) => /** @type {HTMLElement} */ (document.getElementById(id)));
  const steps = state.ids.map((id) => /** @type {HTMLElement} */ (document.getElementById(id)));
  const topOf = (/** @type {number} */ index) => steps[index].getBoundingClientRect().top;
  let start_px = 0; // where a step starts that was asked for: under the map where that hangs above
  let width = 0;
  /** A step that was asked for, or has the focus, and the one at the line then. @type {{ index: number, read: number } | null} */
  let kept = null;
  let scrolls = false; // whether the next step comes by scrolling
  let frame = 0;
  let timer = 0;
  let last = -REST_MS;

  /** Returns the step where one reads: the last one that starts above the line. */
  function read() {
    const line = start_px + LINE * (innerHeight - start_px);
    let index = state.index;
    while (index > 0 && topOf(index) > line) index -= 1;
    while (index < steps.length - 1 && topOf(index + 1) <= line) index += 1;
    return index;
  }

  /** The step where one reads becomes the current one, unless another is kept and still in sight. */
  function follow() {
    if (card.getBoundingClientRect().bottom < 0) return; // one reads what stands below the story
    const index = read();
    if (kept && kept.read === index) {
      const { top, bottom } = steps[kept.index].getBoundingClientRect();
      if (bottom > start_px && top < innerHeight) return;
    }
    kept = null;
    if (index !== state.index) go(index);
  }

  /** Goes to a step without scrolling to it. @param {number} index */
  function go(index) {
    const before = topOf(index);
    scrolls = true;
    state.go(index);
    scrolls = false;
    status.textContent = ""; // who reads on need not hear where
    last = performance.now();
    // An open claim of the step before has closed above the text.
    const moved = Math.round(topOf(index) - before);
    if (moved) scrollBy(0, moved);
  }

  place.top = () => {
    if (scrolls) return;
    steps[state.index].scrollIntoView();
    kept = { index: state.index, read: read() };
  };
  const render = () => bar.style.setProperty("--read", String((state.index + 1) / steps.length));
  state.subscribe(() => {
    render();
    place.top(); // again: what was open above has closed
  });

  function measure() {
    start_px = parseFloat(getComputedStyle(steps[0]).scrollMarginTop);
    if (width && width !== root.clientWidth) place.top();
    width = root.clientWidth;
  }
  addEventListener("resize", measure);
  measure();

  addEventListener("scroll", () => {
    frame ||= requestAnimationFrame((now) => {
      frame = 0;
      clearTimeout(timer);
      if (now - last >= REST_MS) follow();
      else timer = setTimeout(follow, REST_MS);
    });
  }, { passive: true });

  // What the reader takes hold of is what the map should show.
  for (const kind of ["focusin", "click"]) {
    card.addEventListener(kind, ({ target }) => {
      const held = /** @type {Element} */ (target).closest("a, button, summary, [tabindex]")?.closest(".step");
      const index = steps.findIndex((step) => step === held);
      if (index < 0 || index === state.index) return;
      go(index);
      kept = { index, read: read() };
    }, true);
  }

  render();
  const y = history.state?.y; // of a reader who comes back; the browser goes to the start of the step after the load
  if (y) addEventListener("load", () => requestAnimationFrame(() => scrollTo(0, y)), { once: true });
  else if (state.index) place.top();
  follow();
}
