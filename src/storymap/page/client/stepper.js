/**
 * The steps in the document: one shown at a time, buttons, keys, swipe, the address, and what a screen reader hears.
 */
import { indexOfHash } from "./state.js";

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
    say(`#${state.ids[index]}`);
    toTop();
  });
  back.addEventListener("click", () => state.go(state.index - 1));
  next.addEventListener("click", () => (state.index === steps.length - 1 ? toBelow("sm_checks") : state.go(state.index + 1)));
  // Every link to a step, in the bar or in the list of checks. From the list the focus comes along.
  document.addEventListener("click", (event) => {
    const link = /** @type {Element} */ (event.target).closest("a");
    const index = link && !link.id ? indexOfHash(link.getAttribute("href") ?? "", state.ids) : -1;
    if (index < 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    state.go(index);
    toTop();
    if (link?.closest("#sm_card")) return;
    steps[index].tabIndex = -1;
    steps[index].focus({ preventScroll: true });
  });
  find("sm_more").addEventListener("click", (event) => {
    event.preventDefault();
    toBelow("sm_credits");
  });
  find("sm_return").addEventListener("click", (event) => {
    event.preventDefault();
    toTop();
    next.focus({ preventScroll: true });
  });
  addEventListener("hashchange", () => {
    const index = indexOfHash(location.hash, state.ids);
    if (index < 0) return;
    state.go(index);
    toTop();
  });
  document.addEventListener("keydown", (event) => {
    const target = /** @type {Element} */ (event.target);
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || target.closest(".leaflet-container, input, textarea, select, video, audio")) return;
    const inside = target.closest("#sm_card");
    if (event.key === "ArrowRight") state.go(state.index + 1);
    else if (event.key === "ArrowLeft") state.go(state.index - 1);
    else if (event.key === "Home" && inside) state.go(0);
    else if (event.key === "End" && inside) state.go(steps.length - 1);
    else return;
    event.preventDefault();
  });
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

/**
 * Steps on a sideways swipe over the card; a slanted or slow one is a scroll.
 * @param {HTMLElement} card
 * @param {ReturnType<typeof import("./state.js").createState>} state
 */
function bindSwipe(card, state) {
  let x = 0;
  let y = 0;
  let time = 0;
  card.addEventListener("touchstart", ({ touches, timeStamp }) => {
    [x, y, time] = touches.length === 1 ? [touches[0].clientX, touches[0].clientY, timeStamp] : [0, 0, -1e9];
  }, { passive: true });
  card.addEventListener("touchend", ({ changedTouches, timeStamp }) => {
    const dx = changedTouches[0].clientX - x;
    const dy = changedTouches[0].clientY - y;
    if (timeStamp - time < 600 && Math.abs(dx) > 60 && Math.abs(dx) > 2.5 * Math.abs(dy)) state.go(state.index + (dx < 0 ? 1 : -1));
  }, { passive: true });
}
