/**
 * The whole screen: for the map, and in an article's frame for the whole story.
 */

/** Shows the button where the browser, and the article round a frame, allow it. */
export function bindFull() {
  const button = /** @type {HTMLElement} */ (document.getElementById("sm_full"));
  button.hidden = !document.fullscreenEnabled;
  button.onclick = () => {
    if (document.fullscreenElement) document.exitFullscreen();
    else (document.querySelector(".framed") ?? button.parentElement)?.requestFullscreen();
  };
  document.onfullscreenchange = () => (button.ariaPressed = String(!!document.fullscreenElement));
}
