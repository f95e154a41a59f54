/**
 * The steps in the document: one shown at a time, buttons, and what a screen reader hears.
 */
import { bindAddress } from "./address.js";
import { bindKeys } from "./keys.js";
import { bindSwipe } from "./swipe.js";

/**
 * Binds the steps in the page to the state.
 * @param {ReturnType<typeof import("./state.js").createState>} state
 * @param {{ words: Record<string, string> }} data
 */
export function bindSteps(state, { words }) {
  const steps = state.ids.map((id) => /** @type {HTMLElement} */ (document.getElementById(id)));
  const find = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
  const [back, next, status, list, count] = ["sm_back", "sm_next", "sm_status", "sm_dots", "sm_count"].map(find);
  const dots = [...list.querySelectorAll("a")];

  /** @param {number} index */
  function render(index) {
    const last = index === steps.length - 1;
    steps.forEach((step, i) => step.classList.toggle("current", i === index));
    dots.forEach((dot, i) => {
      if (i === index) dot.setAttribute("aria-current", "step");
      else dot.removeAttribute("aria-current");
    });
    document.documentElement.classList.toggle("started", index > 0);
    back.setAttribute("aria-disabled", String(index === 0));
    next.textContent = last ? words.checks : words.next;
    count.textContent = fill(words.count, index);
  }

  /** @param {string} text @param {number} index */
  function fill(text, index) {
    const title = steps[index].querySelector("h2")?.textContent ?? "";
    const values = /** @type {Record<string, string>} */ ({ n: String(index + 1), total: String(steps.length), title });
    return text.replace(/\{(n|total|title)\}/g, (_, key) => values[key]);
  }

  state.subscribe((index) => {
    render(index);
    status.textContent = fill(words.status, index);
    toTop();
  });
  back.addEventListener("click", () => state.go(state.index - 1));
  next.addEventListener("click", () => (state.index === steps.length - 1 ? toBelow("sm_checks") : state.go(state.index + 1)));
  find("sm_more").addEventListener("click", (event) => {
    event.preventDefault();
    toBelow("sm_credits");
  });
  find("sm_return").addEventListener("click", (event) => {
    event.preventDefault();
    toTop();
    next.focus({ preventScroll: true });
  });
  bindAddress(state, toTop);
  bindKeys(state);
  bindSwipe(find("sm_card"), state);
  render(state.index);
}

/**
 * Shows what stands below the stage (in a frame, in its place): the list of checks, or the credits.
 * @param {string} id
 */
function toBelow(id) {
  const part = /** @type {HTMLElement} */ (document.getElementById(id));
  document.documentElement.classList.add("checking");
  part.focus({ preventScroll: true });
  part.scrollIntoView();
}

/** Brings the start of a step into view: under the map on a phone, at the top of the card else. */
function toTop() {
  document.documentElement.classList.remove("checking");
  scrollTo(0, 0);
  document.getElementById("sm_card")?.scrollTo(0, 0);
}
