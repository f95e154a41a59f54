/**
 * The address and the links of the page: both name a step by its id.
 */
import { indexOfHash } from "./state.js";

/**
 * Keeps the address and the state together, and takes the links to steps.
 * @param {ReturnType<typeof import("./state.js").createState>} state
 * @param {() => void} toTop brings the start of a step into view
 */
export function bindAddress(state, toTop) {
  state.subscribe((index) => say(`#${state.ids[index]}`));
  // Every link to a step, in the bar or in the list of checks. From the list the focus comes along.
  document.addEventListener("click", (event) => {
    const link = /** @type {Element} */ (event.target).closest("a");
    const index = link && !link.id ? indexOfHash(link.getAttribute("href") ?? "", state.ids) : -1;
    if (index < 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    state.go(index);
    toTop();
    if (link?.closest("#sm_card")) return;
    const step = /** @type {HTMLElement} */ (document.getElementById(state.ids[index]));
    step.tabIndex = -1;
    step.focus({ preventScroll: true });
  });
  addEventListener("hashchange", () => {
    const index = indexOfHash(location.hash, state.ids);
    if (index < 0) return;
    state.go(index);
    toTop();
  });
}

/**
 * Writes the step into the address without a new entry in the history; in a srcdoc frame that throws.
 * @param {string} hash
 */
function say(hash) {
  try {
    history.replaceState(null, "", hash);
  } catch {
    // A frame without an address of its own keeps its step all the same.
  }
}
