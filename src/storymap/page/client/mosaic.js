/**
 * Lays the pictures of a tile server side by side over the basemap and under the story's own layers. Leaflet's own tile
 * layer is twice as large as all of this.
 */

const SIDE_PX = 256;
const ENOUGH = 4; // pictures that fail, and none that comes: the host is taken for dead

/** @typedef {{ box: HTMLElement, zoom: number, origin: L.Point, tiles: Map<string, HTMLImageElement> }} Level */

/**
 * Returns what shows and hides the pictures, and the address of the one in the middle.
 * @param {L.Map} map
 * @param {{ url: string, closest: number, hosts: string[], referrer: string, failed: () => void }} server
 */
export function createMosaic(map, { url, closest, hosts, referrer, failed }) {
  const pane = /** @type {HTMLElement} */ (map.getPane("tilePane"));
  /** @type {Level[]} */
  let levels = []; // the last one is wanted; one before it stands in until that is there
  let loaded = 0;
  let errors = 0;

  /** @param {number} x @param {number} y @param {number} z */
  function address(x, y, z) {
    const n = 2 ** z;
    const column = ((x % n) + n) % n; // east of 180° the columns begin again
    const r = devicePixelRatio > 1 ? "@2x" : "";
    /** @type {Record<string, string | number>} */
    const parts = { x: column, y, z, r, "-y": n - 1 - y, s: hosts[(column + y) % hosts.length] };
    return url.replace(/\{(-?\w)\}/g, (_, key) => String(parts[key]));
  }

  /** Returns the zoom of the pictures, and the first and last column and row that the view shows. */
  function wanted() {
    const zoom = Math.min(Math.round(map.getZoom()), closest);
    const middle = map.project(map.getCenter(), zoom);
    const half = map.getSize().divideBy(2 * map.getZoomScale(map.getZoom(), zoom));
    const [from, to] = [middle.subtract(half), middle.add(half)].map((at) => at.divideBy(SIDE_PX).floor());
    return { zoom, middle, from, to };
  }

  /** @param {{ center?: L.LatLng, zoom?: number }} view where the map is, or goes */
  function place({ center = map.getCenter(), zoom = map.getZoom() }) {
    for (const { box, zoom: own, origin } of levels) {
      const at = /** @type {any} */ (map)._latLngToNewLayerPoint(map.unproject(origin, own), zoom, center);
      L.DomUtil.setTransform(box, at, map.getZoomScale(zoom, own));
    }
  }

  /** @param {Level[]} over */
  function drop(over) {
    for (const { box, tiles } of over) {
      for (const tile of tiles.values()) tile.onload = tile.onerror = null;
      box.remove();
    }
  }

  function fill() {
    const { zoom, middle, from, to } = wanted();
    if (levels.at(-1)?.zoom !== zoom) {
      drop(levels.splice(0, levels.length - 1));
      levels.push({ box: L.DomUtil.create("div", "leaflet-zoom-animated", pane), zoom, origin: middle.floor(), tiles: new Map() });
    }
    const { box, origin, tiles } = levels[levels.length - 1];
    for (const [key, tile] of tiles) {
      const [x, y] = key.split(" ").map(Number);
      if (x >= from.x - 1 && x <= to.x + 1 && y >= from.y - 1 && y <= to.y + 1) continue;
      tile.onload = tile.onerror = null;
      tile.remove();
      tiles.delete(key);
    }
    for (let y = Math.max(from.y, 0); y <= Math.min(to.y, 2 ** zoom - 1); y++) {
      for (let x = from.x; x <= to.x; x++) {
        const key = `${x} ${y}`;
        if (tiles.has(key)) continue;
        const tile = new Image();
        tiles.set(key, tile);
        tile.alt = "";
        tile.referrerPolicy = referrer;
        tile.style.left = `${x * SIDE_PX - origin.x}px`;
        tile.style.top = `${y * SIDE_PX - origin.y}px`;
        tile.onload = () => settled(++loaded);
        tile.onerror = () => {
          tile.hidden = true;
          errors++;
          settled(loaded);
        };
        tile.src = address(x, y, zoom);
        box.append(tile);
      }
    }
    place({});
  }

  /** @param {number} some */
  function settled(some) {
    const open = [...levels[levels.length - 1].tiles.values()].some((tile) => !tile.complete);
    if (!some && (errors >= ENOUGH || !open)) failed();
    else if (!open) drop(levels.splice(0, levels.length - 1));
  }

  const events = { moveend: fill, zoomanim: place, zoom: () => place({}), viewreset: () => place({}) };
  return {
    show() {
      loaded = errors = 0;
      map.on(/** @type {any} */ (events));
      fill();
    },
    hide() {
      map.off(/** @type {any} */ (events));
      drop(levels);
      levels = [];
    },
    /** Returns the address of the picture in the middle of the view. */
    middle() {
      const { zoom, middle } = wanted();
      const { x, y } = middle.divideBy(SIDE_PX).floor();
      return address(x, y, zoom);
    },
  };
}
