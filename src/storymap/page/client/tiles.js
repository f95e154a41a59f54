/**
 * A street map of another host, for whoever presses the button: asked for once, shown if the host gives it, and told
 * where it does not. Linked into pages with tiles alone; it starts by itself when the page's map is made.
 */
import { createMosaic } from "./mosaic.js";

const PATIENCE_MS = 8000;

/** @param {string} id */
const part = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** @param {L.Map} map */
function bindTiles(map) {
  const button = part("sm_tiles");
  const [said, credit] = [part("sm_tiles_said"), part("sm_tiles_credit")];
  const { url = "", zoom, hosts = "", referrer = "", hide = "", failed = "", atOnce } = button.dataset;
  const show = button.textContent;
  const closest = Number(zoom);
  let wanted = 0; // which wish of the reader this is; 0: none
  let wishes = 0;
  let own = Infinity; // how close the story itself lets the reader come
  map.createPane("base").setAttribute("aria-hidden", "true");
  const mosaic = createMosaic(map, { url, closest, hosts: hosts.split(" "), referrer, failed: fail });

  /** @param {boolean} on */
  function wear(on) {
    part("sm_map").classList.toggle("tiled", on);
    credit.hidden = !on;
    lift();
    if (on) reach();
    else if (map.getMaxZoom() === closest && own < closest) map.setMaxZoom(own);
  }

  function lift() {
    const line = /** @type {HTMLElement} */ (credit.parentElement);
    const lines = !credit.hidden && line.offsetLeft < 130 ? line.offsetHeight : 0;
    part("sm_map").style.setProperty("--lift", `${lines}px`);
  }

  function reach() {
    if (credit.hidden || map.getMaxZoom() >= closest) return;
    own = map.getMaxZoom();
    map.setMaxZoom(closest);
  }

  async function open() {
    const wish = (wanted = ++wishes);
    button.textContent = hide;
    said.textContent = "";
    // A host may refuse with a picture, which an <img> takes for a tile: ask it once in a way that tells.
    const refused = await fetch(mosaic.middle(), { referrerPolicy: /** @type {ReferrerPolicy} */ (referrer), signal: AbortSignal.timeout?.(PATIENCE_MS) }).then(
      ({ ok, status }) => !ok && status !== 404, // a host may lack one tile
      ({ name }) => name === "TimeoutError", // else it does not let us ask: its pictures will tell
    );
    if (wish !== wanted) return;
    if (refused) return fail();
    mosaic.show();
    wear(true);
  }

  function close() {
    wanted = 0;
    mosaic.hide();
    wear(false);
    button.textContent = show;
    offer();
  }

  function fail() {
    close();
    said.textContent = failed;
  }

  function offer() {
    // Such a host wants to know who asks; a file and a sandboxed frame have no name to give.
    button.hidden = !wanted && (!navigator.onLine || (referrer !== "" && self.origin === "null"));
  }

  map.on("zoomlevelschange", reach);
  map.on("resize", lift);
  button.addEventListener("click", () => void (wanted ? close() : open()));
  for (const change of ["online", "offline"]) addEventListener(change, offer);
  // Whoever goes on has read it; it stands over the map.
  for (const hand of ["pointerdown", "keydown"]) addEventListener(hand, () => void (said.textContent = ""));
  offer();
  if (atOnce !== undefined && !button.hidden) map.once("moveend", open);
}

L.Map.addInitHook(
  /** @this {L.Map} */
  function () {
    if (part("sm_map").contains(this.getContainer())) bindTiles(this);
  },
);
