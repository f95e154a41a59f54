/**
 * A story that goes on by itself, until its reader does anything at all.
 * @import { Story } from "./types.js"
 */

const [LEAST_S, MOST_S] = [4, 120];

/**
 * Binds the play button, and starts where the address asks for it and the reader has not asked for less motion.
 * @param {Story} story
 */
export function start({ state }) {
  const [button, said] = ["sm_play", "sm_playing"].map((id) => /** @type {HTMLElement} */ (document.getElementById(id)));
  const { pace, play = "", pause = "", playing = "", paused = "" } = button.dataset;
  const asked = new URLSearchParams(location.search).get("play");
  const wanted = Number(/^([0-9.]+)s?$/.exec(asked ?? "")?.[1]);
  const seconds = wanted >= LEAST_S && wanted <= MOST_S ? wanted : Number(pace);
  const last = state.ids.length - 1;
  let timer = 0;

  /** @param {boolean} on */
  function run(on) {
    clearTimeout(timer);
    if (on) timer = setTimeout(() => state.go(state.index + 1), seconds * 1000);
    else timer = 0;
    if (button.classList.contains("on") === on) return;
    button.classList.toggle("on", on);
    button.setAttribute("aria-label", on ? pause : play);
    said.textContent = on ? playing : paused;
  }

  state.subscribe((index) => timer && run(index < last));
  button.addEventListener("click", () => {
    if (!timer && state.index === last) state.go(0);
    run(!timer);
  });
  // Whatever the reader does is a wish to stay; only what presses the button is left to its click.
  /** @param {Event} event */
  const stop = (event) => {
    const { key = "Enter" } = /** @type {KeyboardEvent} */ (event);
    const presses = button.contains(/** @type {Node} */ (event.target)) && /^(Enter| )$/.test(key);
    if (timer && (event.type === "wheel" || !presses)) run(false);
  };
  for (const input of ["keydown", "pointerdown", "wheel", "touchstart", "focusin"]) document.addEventListener(input, stop, { capture: true, passive: true });
  document.addEventListener("visibilitychange", () => timer && document.hidden && run(false));

  if (asked === null || matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  // Not before somebody can see it: in a tab behind another, or far down an article, it waits.
  const seen = new IntersectionObserver(([{ isIntersecting }]) => {
    if (!isIntersecting) return;
    seen.disconnect();
    if (state.index < last) run(true);
  });
  seen.observe(button);
}
