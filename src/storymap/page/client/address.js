/**
 * The address, the history and the links of the page: all name a step, or a part below the steps, by its id.
 */
import { parts } from "./parts.js";
import { indexOfHash } from "./state.js";

/**
 * Keeps the address and the state together, and takes the links of the page to itself. A link is an entry in the
 * history, so that Back returns to where the reader was; in a frame nothing is, so that Back leaves the article.
 * @param {ReturnType<typeof import("./state.js").createState>} state
 * @param {() => void} toTop brings the start of a step into view
 * @param {(part: HTMLElement) => void} toBelow brings a part below the steps into view
 * @returns {() => void} brings into view what the address names, if that is ours
 */
export function bindAddress(state, toTop, toBelow) {
  const alone = parent === window;
  const here = () => `#${state.ids[state.index]}`;
  // An entry keeps how far the page was scrolled; a reload forgets what is written while the page goes.
  for (const end of ["scrollend", "pagehide"]) addEventListener(end, () => write("replaceState", { y: scrollY }));
  state.subscribe(() => write("replaceState", { y: scrollY }, here()));

  document.addEventListener("click", (event) => {
    const link = /** @type {Element} */ (event.target).closest("a");
    const hash = link?.getAttribute("href") ?? "";
    const index = indexOfHash(hash, state.ids);
    const part = partOf(hash);
    // Another language opens at this step, in the same frame and theme; so it does in a new tab.
    if (link?.hreflang) [link.search, link.hash] = [location.search, here()];
    if (hash[0] !== "#" || (index < 0 && !part) || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (alone) {
      write("replaceState", { y: scrollY }, here());
      write("pushState", null, index < 0 ? here() : hash);
    }
    if (part) return toBelow(part);
    state.go(index);
    toTop();
    // The marks of the bar stay where they are; every other link is left behind, and the focus comes along.
    if (link?.closest(".bar:not(.open)")) return;
    const step = /** @type {HTMLElement} */ (parts.of(state.ids[index]));
    step.tabIndex = -1;
    step.focus({ preventScroll: true });
  });

  function arrive() {
    const y = history.state?.y;
    const index = indexOfHash(location.hash, state.ids);
    const part = partOf(location.hash);
    if (part) toBelow(part);
    if (index >= 0) {
      state.go(index);
      toTop();
    }
    if (y >= 0) scrollTo(0, y); // an entry that was never left has none
  }
  addEventListener("popstate", arrive);
  return arrive;
}

/**
 * Returns the part below the steps that a hash names.
 * @param {string} hash
 */
function partOf(hash) {
  const part = parts.of(hash.slice(1));
  return part?.closest(".ledger, footer") ? part : null;
}

/**
 * Writes into the history; in a srcdoc frame, which has no address of its own, that throws.
 * @param {"pushState" | "replaceState"} how
 * @param {{ y: number } | null} kept
 * @param {string} [hash]
 */
function write(how, kept, hash) {
  try {
    history[how](kept, "", hash);
  } catch {
    // It keeps its step all the same.
  }
}
