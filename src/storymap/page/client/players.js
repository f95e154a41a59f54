/**
 * Recordings and videos. What another host plays is asked for when the reader presses the button, and not before; what
 * a reader has stepped away from falls silent. Linked into pages with such media alone.
 * @import { Story } from "./types.js"
 */

// A player must run, keep its own origin and be able to open its own page; it gets nothing of ours.
const SANDBOX = "allow-scripts allow-same-origin allow-presentation allow-popups allow-popups-to-escape-sandbox";

/** @param {Story} story */
export function start({ state }) {
  /** @type {(() => void)[]} */
  const players = [];
  const bind = (/** @type {ParentNode} */ within) => within.querySelectorAll(".player").forEach((player) => players.push(bindPlayer(/** @type {HTMLElement} */ (player))));
  bind(document);
  document.addEventListener("fresh", ({ target }) => bind(/** @type {Element} */ (target)));
  state.subscribe(() => {
    for (const stop of players) stop();
    for (const playing of document.querySelectorAll("audio, video")) if (!isShown(playing)) /** @type {HTMLMediaElement} */ (playing).pause();
  });
}

/** @param {Element} element */
const isShown = (element) => element.getClientRects().length > 0;

/**
 * Offers a player; returns what takes it away again where nobody sees it.
 * @param {HTMLElement} player
 */
function bindPlayer(player) {
  const ask = /** @type {HTMLElement} */ (player.querySelector(".player-ask"));
  const { src = "", title = "" } = player.dataset;
  /** @type {HTMLIFrameElement | undefined} */
  let frame;
  // Hosts refuse whoever has no name: a page that is a file, or in a sandbox. There the link leads to them.
  ask.hidden = self.origin === "null";
  ask.querySelector("button")?.addEventListener("click", () => {
    frame = document.createElement("iframe");
    frame.setAttribute("sandbox", SANDBOX);
    frame.allow = "autoplay; fullscreen; picture-in-picture; encrypted-media";
    frame.referrerPolicy = "strict-origin-when-cross-origin";
    frame.title = title;
    frame.src = src;
    player.append(frame);
    player.classList.add("playing");
    frame.focus();
  });
  return () => {
    if (!frame || isShown(player)) return;
    frame.remove();
    frame = undefined;
    player.classList.remove("playing");
  };
}
