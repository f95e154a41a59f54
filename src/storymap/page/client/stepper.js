/**
 * The steps in the document: one shown at a time, buttons, and what a screen reader hears.
 */
import { bindAddress, enter } from "./address.js";
import { bindKeys } from "./keys.js";
import { bindMenu } from "./menu.js";
import { parts } from "./parts.js";
import { bindSwipe } from "./swipe.js";

const LIGHT = 100; // steps: so many are unpacked in a few frames

/**
 * Binds the steps in the page to the state; returns what brings into view what the address names.
 * @param {ReturnType<typeof import("./state.js").createState>} state
 * @param {{ words: Record<string, string> }} data
 */
export function bindSteps(state, { words }) {
  const step = (/** @type {number} */ index) => /** @type {HTMLElement} */ (parts.of(state.ids[index]));
  const last = state.ids.length - 1;
  const find = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
  const [back, next, status, list, count] = ["sm_back", "sm_next", "sm_status", "sm_dots", "sm_count"].map(find);
  const links = list.getElementsByTagName("a"); // none yet in a long story
  let shown = 0;

  /** @param {number} index */
  function render(index) {
    // Only the two that change: a story may have a thousand steps. Who was in the one that goes is taken along.
    const left = step(shown).contains(document.activeElement) && index !== shown;
    step(shown).classList.remove("current");
    links[shown]?.removeAttribute("aria-current");
    step(index).classList.add("current");
    links[index]?.setAttribute("aria-current", "step");
    shown = index;
    const { classList } = document.documentElement;
    classList.toggle("started", index > 0 && !classList.contains("scrolly")); // there the title scrolls away
    back.setAttribute("aria-disabled", String(index === 0));
    next.textContent = index === last ? words.checks : words.next;
    count.textContent = fill(words.count, index);
    if (left) enter(step(index));
  }

  /** @param {string} text @param {number} index */
  function fill(text, index) {
    const title = step(index).querySelector("h2")?.textContent ?? "";
    const values = /** @type {Record<string, string>} */ ({ n: String(index + 1), total: String(last + 1), title });
    return text.replace(/\{(n|total|title)\}/g, (_, key) => values[key]);
  }

  state.subscribe((index) => {
    render(index);
    const shows = step(index).querySelector(".still figcaption span")?.textContent;
    status.textContent = `${fill(words.status, index).replace(/[\p{L}\d]$/u, "$&.")} ${shows}`;
    toTop();
  });
  back.addEventListener("click", () => state.go(state.index - 1));
  next.addEventListener("click", () => (state.index === last ? toBelow(find("sm_checks")) : state.go(state.index + 1)));
  find("sm_return").addEventListener("click", (event) => {
    event.preventDefault();
    toTop();
    next.focus({ preventScroll: true });
  });
  const arrive = bindAddress(state, toTop, toBelow);
  find("sm_list").addEventListener("click", () => {
    // What links lead to is there, as checkers want it, unless that takes long.
    parts.all(last < LIGHT ? document : list);
    links[shown].setAttribute("aria-current", "step");
  });
  bindMenu(find("sm_bar"), links, find("sm_list"));
  bindKeys(state);
  bindSwipe(find("sm_card"), state);
  render(state.index);
  return arrive;
}

/**
 * Shows a part of what stands below the stage (in a frame, in its place): the checks, one of them, or the credits.
 * @param {HTMLElement} part
 */
function toBelow(part) {
  document.documentElement.classList.add("checking");
  part.tabIndex = -1;
  part.focus({ preventScroll: true });
  part.scrollIntoView();
}

/** Where the start of a step is: under the map on a phone, at the top of the card else. scroll.js has another place. */
export const place = {
  top() {
    scrollTo(0, 0);
    document.getElementById("sm_card")?.scrollTo(0, 0);
  },
};

/** Brings the start of a step into view. */
function toTop() {
  document.documentElement.classList.remove("checking");
  place.top();
}
