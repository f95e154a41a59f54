/**
 * The camera: frames a step on the map that folium made, follows the reader's hand, and has the layers drawn.
 * Only this module and layers.js touch Leaflet.
 * @import { BoxArray, Point, Rect, StoryData, Tier } from "./types.js"
 */
import { tierFor } from "./fit.js";
import { bindHand } from "./hand.js";
import { createLayers } from "./layers.js";
import { createLocator } from "./locator.js";
import { toGrid, toLatLon } from "./shapes.js";

const COARSE_ENDS = 10; // what the world's own coast is good for, to a reader who looks closer than a step does

/**
 * Returns the map's verbs: show a step, frame a claim, refit.
 * @param {L.Map} map
 * @param {StoryData} data
 * @param {{ reset: HTMLElement | null }} controls
 */
export function createChart(map, data, { reset }) {
  const box = map.getContainer();
  const layers = createLayers(map, data);
  let step = data.step(0);
  /** @type {string | null} */
  let opened = null;
  let other = -1;
  const legend = document.getElementById("sm_legend");
  /** @type {Record<string, string>} */
  const told = {}; // what the legend has explained, and at which step it does
  const locator = createLocator();
  /** @type {Tier | null} */
  let held = null; // the tier whose window the reader may move about in
  let allowed = 0;
  let moved = false;
  let due = false; // whether the camera may still land elsewhere than the step wants
  let aiming = false;
  const still = matchMedia("(prefers-reduced-motion: reduce)");

  L.control.zoom({ position: "topright", zoomInTitle: data.words.zoomIn, zoomOutTitle: data.words.zoomOut }).addTo(map);
  L.control.scale({ position: "bottomleft", maxWidth: 110 }).addTo(map);
  /** @type {any} */ (map.options.crs).projection.MAX_LATITUDE = 90; // Leaflet would draw what lies farther on along 85°
  // Not setMaxBounds: that pans on every move, and would start a flight before the first step is framed.
  map.options.maxBounds = bounds(data.window);

  /** @param {BoxArray} b */
  function bounds(b) {
    return L.latLngBounds(toLatLon([b[0], b[3]], data.origin), toLatLon([b[2], b[1]], data.origin));
  }

  /** @returns {{ size: { width: number, height: number }, view: BoxArray }} */
  function look() {
    const size = map.getSize();
    const b = map.getBounds();
    const [left, top] = toGrid(b.getNorth(), b.getWest(), data.origin);
    const [right, bottom] = toGrid(b.getSouth(), b.getEast(), data.origin);
    return { size: { width: size.x, height: size.y }, view: [left, top, right, bottom] };
  }

  /**
   * Returns where the map's controls stand.
   * @param {{ width: number, height: number }} size
   * @returns {Rect[]}
   */
  function controlRects({ width, height }) {
    const narrow = width < 380; // livemap.css: the scale's two lines side by side, the credit below the map
    return [
      { left: width - 54, top: 0, right: width, bottom: 92 },
      { left: 0, top: height - (narrow ? 28 : 46), right: narrow ? 240 : 130, bottom: height },
      { left: 0, top: 0, right: width < 480 ? 48 : 0, bottom: 58 }, // "back to the step", when it comes
      ...boxOf(document.querySelector(".credit")),
      ...boxOf(locator.element),
      ...boxOf(legend),
      ...boxOf(document.getElementById("sm_tiles")),
      ...boxOf(document.getElementById("sm_full")),
    ];
  }

  /**
   * Returns where an element lies on the map, if it is seen.
   * @param {Element | null} element
   * @returns {Rect[]}
   */
  function boxOf(element) {
    const rect = element?.getBoundingClientRect();
    const map = box.getBoundingClientRect();
    if (!rect || !rect.width) return [];
    return [{ left: rect.left - map.left, top: rect.top - map.top, right: rect.right - map.left, bottom: rect.bottom - map.top }];
  }

  /** @param {Rect} one @param {Rect} other */
  const meet = (one, other) => one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;

  /** @param {Element | null} part @param {Rect[]} rects */
  const hides = (part, rects) => boxOf(part).some((own) => rects.some((one) => meet(own, one)));

  /** @param {boolean} animate */
  function aim(animate) {
    const size = map.getSize();
    if (!size.x || !size.y) return;
    const { zoom, center } = layers.target();
    const near = Math.abs(zoom - map.getZoom()) <= 1.6;
    moved = false;
    if (reset) reset.hidden = true;
    // Leaflet's own setMinZoom would start a zoom of its own; these limits are for the reader's hand only.
    map.options.minZoom = Math.min(zoom, map.getBoundsZoom(bounds(data.window), true));
    held = null;
    limit(center, zoom);
    map.setView(toLatLon(center, data.origin), zoom, { animate: animate && near && !still.matches, duration: 0.25 });
    map.fire("zoomlevelschange");
  }

  /** How close a reader may look at a tier; its lines are then off by 4 pixels at most. @param {Tier} tier */
  const reachOf = ({ detail, zoom }) => (detail ? data.closest : Math.min(COARSE_ENDS, zoom + 3));

  /**
   * Lets the reader come as close as the data round the middle of the view allow, and no farther than they go.
   * @param {Point} at
   * @param {number} zoom
   */
  function limit([x, y], zoom) {
    const round = data.tiers.filter(({ box: b }) => b[0] <= x && x <= b[2] && b[1] <= y && y <= b[3]);
    /** @param {Tier} tier */
    const serves = (tier) => reachOf(tier) >= zoom;
    // Who leaves a window for one that is too coarse is held back by the old one.
    held = round.find(serves) ?? (held && serves(held) ? held : null);
    // A street map of tiles has its own ends.
    const own = held && held !== data.tiers[0] && !box.classList.contains("tiled");
    map.options.maxBounds = bounds(own && held ? held.box : data.window);
    const closest = Math.max(moved ? 0 : zoom, ...[data.tiers[0], ...round].map(reachOf));
    if (closest === allowed) return;
    allowed = map.options.maxZoom = closest;
    map.fire("zoomlevelschange");
  }

  function settle() {
    box.classList.toggle("near", map.getZoom() > 9.6);
    box.classList.toggle("closer", map.getZoom() > 10.6);
    const { size, view } = look();
    limit([(view[0] + view[2]) / 2, (view[1] + view[3]) / 2], map.getZoom());
    layers.drawBase(tierFor(data.tiers, view, map.getZoom()), view);
    const uncertain = layers.fitGrounds();
    const signs = /** @type {HTMLElement[]} */ ([...(legend?.children ?? [])]);
    for (const sign of signs) {
      const about = sign.className;
      sign.hidden = (about === "unsure" && !uncertain) || (told[about] ??= step.id) !== step.id;
    }
    legend?.toggleAttribute("hidden", signs.every((sign) => sign.hidden));
    locator.move(view, map.getZoom());
    // What is measured is always there: the legend gives way, and the small map is not shown.
    for (const side of ["", " right", " away", " away right", " off"]) {
      if (legend) legend.className = `legend${side}`;
      const lines = layers.letter(controlRects(size));
      if (hides(locator.element, lines)) {
        locator.element?.setAttribute("hidden", "");
        layers.letter(controlRects(size));
      }
      if (!hides(legend, [...lines, ...[locator.element, ...box.querySelectorAll(".pill, .dot")].flatMap(boxOf)])) break;
    }
  }

  // Leaflet ignores a new view while it flies to another, so the reader who steps on lands in the wrong place.
  map.on("moveend", () => {
    const { zoom, center } = layers.target();
    const off = map.project(map.getCenter(), zoom).distanceTo(map.project(toLatLon(center, data.origin), zoom));
    if (due && !moved && (Math.abs(map.getZoom() - zoom) > 1e-6 || off > 2)) {
      due = false;
      aim(false);
    } else if (!aiming) settle();
    // A pinch is the one move that Leaflet lets out of the bounds.
    if (moved && map.options.maxBounds) map.panInsideBounds(map.options.maxBounds, { animate: false });
  });
  map.on("zoomstart", () => box.classList.add("zooming"));
  map.on("zoomend", () => box.classList.remove("zooming"));
  bindHand(map, touched, data.words);
  function touched() {
    moved = true;
    if (reset) reset.hidden = false;
  }

  let waiting = 0;
  new ResizeObserver(() => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      const before = map.getSize();
      map.invalidateSize({ pan: false });
      if (!moved && !map.getSize().equals(before)) refit(false);
    }, 60);
  }).observe(box);

  /** @type {Record<number, L.Layer>} */
  let authors = {};
  function drawAuthors() {
    const now = data.ids.indexOf(step.id) + 1;
    for (const [number, layer] of Object.entries(authors)) layer[Number(number) === now ? "addTo" : "removeFrom"](map);
  }

  /** @type {(() => void) | null} */
  let later = null;
  /** Shows the step that was asked for last, if it waits. */
  function catchUp() {
    const act = later;
    later = null;
    act?.();
  }

  /** @param {boolean} animate @param {boolean} [enters] */
  function refit(animate, enters = false) {
    due = true;
    layers.drawStep(step, opened, other, enters && !still.matches);
    // Where a view is set at once, Leaflet's lines come to their places after the end of the move.
    aiming = true;
    aim(animate);
    aiming = false;
    // They may then be two pixels off; this is where the end of a move puts them.
    const lines = /** @type {SVGSVGElement | null} */ (map.getPane("overlayPane")?.querySelector("svg"));
    if (lines) L.DomUtil.setPosition(/** @type {any} */ (lines), L.point(lines.viewBox.baseVal));
    settle();
  }

  return {
    /**
     * Shows a step; the camera moves unless motion is unwanted or the way is long. It sets out in the frame after that
     * of the words, which a large map to draw would keep waiting.
     * @param {number} index
     * @param {boolean} animate
     */
    show(index, animate) {
      later = () => {
        step = data.step(index);
        [opened, other] = [null, -1];
        // Who comes to the map with a screen reader hears which step's it is, and all that it shows.
        box.role = "group";
        box.setAttribute("aria-labelledby", `sm_h${index + 1}`);
        box.setAttribute("aria-describedby", `sm_m${index + 1}`);
        legend?.replaceChildren(...(document.querySelector(`#${step.id} .legend`)?.cloneNode(true).childNodes ?? []));
        refit(animate, animate);
        drawAuthors();
      };
      if (animate && !still.matches && !document.hidden) requestAnimationFrame(() => setTimeout(catchUp));
      else catchUp();
    },
    /**
     * Frames one claim's measured line, with that of another reading of it, or the step again with null.
     * @param {string | null} claim
     * @param {number} [reading]
     */
    open(claim, reading = -1) {
      catchUp();
      if (opened === claim && other === reading) return;
      [opened, other] = [claim, reading];
      refit(true);
    },
    /**
     * Takes the author's own layers, by the number of the step that each belongs to.
     * @param {Record<number, L.Layer>} groups
     */
    join(groups) {
      authors = groups;
      drawAuthors();
    },
    /** Tells the numbers on the map in other units. @param {Parameters<typeof layers.tell>[0]} say */
    tell(say) {
      catchUp();
      layers.tell(say);
      layers.drawStep(step, opened, other, false);
      settle();
    },
    /** Goes back to the step's own view. */
    home() {
      catchUp();
      refit(true);
    },
  };
}
