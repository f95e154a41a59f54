/**
 * The address, the history and the links of the page: all name a step, or a part below the steps, by its id.
 */
import { isPlain } from "./keys.js";
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
  const step = () => /** @type {HTMLElement} */ (parts.of(state.ids[state.index]));
  /** The link by which an entry was left, or the part that it leads to, by a number that is kept in the entry. @type {Record<number, HTMLElement>} */
  const held = {};
  let key = Date.now(); // no entry from before a reload has it
  const keep = (/** @type {HTMLElement} */ part) => ((held[++key] = part), key);
  // An entry keeps how far the page was scrolled; a reload forgets what is written while the page goes.
  for (const end of ["scrollend", "pagehide"]) addEventListener(end, () => write("replaceState", { ...history.state, y: scrollY }));
  state.subscribe(() => write("replaceState", { y: scrollY }, here()));

  document.addEventListener("click", (event) => {
    const link = /** @type {Element} */ (event.target).closest("a");
    const hash = link?.getAttribute("href") ?? "";
    const index = indexOfHash(hash, state.ids);
    const part = partOf(hash);
    // Another language opens at this step, in the same frame and theme; so it does in a new tab.
    if (link?.hreflang) [link.search, link.hash] = [location.search, here()];
    if (!link || hash[0] !== "#" || (index < 0 && !part) || !isPlain(event)) return;
    event.preventDefault();
    if (alone) {
      write("replaceState", { y: scrollY, by: keep(link) }, here());
      write("pushState", part && { by: keep(part) }, index < 0 ? here() : hash);
    }
    if (part) return toBelow(part);
    state.go(index);
    toTop();
    // The marks of the bar stay where they are; every other link is left behind, and the focus comes along.
    if (!link.closest(".bar:not(.open)")) enter(step());
  });


  /** @param {PopStateEvent} [move] none as the page opens, which takes nobody's focus */
  function arrive(move) {
    const { y, by } = history.state ?? {};
    const index = indexOfHash(location.hash, state.ids);
    const part = partOf(location.hash);
    if (part) toBelow(part);
    if (index >= 0) {
      state.go(index);
      toTop();
    }
    if (y >= 0) scrollTo(0, y); // an entry that was never left has none
    const was = held[by];
    if (was) {
      write("replaceState", { y, by }); // the way here has written, too
      // A link of the list is hidden in it.
      /** @type {HTMLElement} */ (was.offsetParent ? was : document.getElementById("sm_list")).focus();
    } else if (move && alone && index >= 0) enter(step());
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

/** Takes the focus to a step. @param {HTMLElement} step */
export function enter(step) {
  step.tabIndex = -1;
  step.focus({ preventScroll: true });
}

/**
 * Writes into the history; in a srcdoc frame, which has no address of its own, that throws.
 * @param {"pushState" | "replaceState"} how
 * @param {{ y?: number, by?: number } | null} kept
 * @param {string} [hash]
 */
function write(how, kept, hash) {
  try {
    history[how](kept, "", hash);
  } catch {
    // It keeps its step all the same.
  }
}
