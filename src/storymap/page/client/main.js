/**
 * Puts the parts together: the state, the steps in the document, the claims, the map that folium made.
 */
import { bindClaims } from "./claims.js";
import { bindFrame, bindLinks } from "./frame.js";
import { bindFull } from "./full.js";
import { createChart } from "./map.js";
import { bindShare } from "./share.js";
import { readStory } from "./rows.js";
import { createState, indexOfHash } from "./state.js";
import { bindSteps } from "./stepper.js";

/** @type {ReturnType<typeof createChart>} */
let chart;

/**
 * Starts the story on a map.
 * @param {L.Map} map
 */
export function start(map) {
  const data = readStory(document.getElementById("sm_data")?.textContent ?? "");
  const { ids } = data;
  const state = createState(ids, indexOfHash(location.hash, ids));
  const reset = document.getElementById("sm_reset");
  chart = createChart(map, data, { reset });
  const claims = bindClaims((claim, reading) => chart.open(claim, reading), data.words);

  history.scrollRestoration = "manual";
  const arrive = bindSteps(state, data);
  state.subscribe((index) => {
    claims.close();
    chart.show(index, true);
  });
  reset?.addEventListener("click", () => {
    chart.home();
    document.getElementById("sm_next")?.focus();
  });
  chart.show(state.index, false);
  document.getElementById("sm_first")?.remove(); // the map shows the same now, in the same place
  // The browser scrolls to the step that the address names; here steps take turns in one place.
  const settle = () => {
    scrollTo(0, 0);
    arrive();
  };
  settle();
  if (!document.querySelector(".scrolly")) addEventListener("load", settle, { once: true });
  bindFrame(ids);
  bindLinks();
  bindFull();
  bindShare(data.words);
  const story = { state, chart, claims, data };
  for (const extra of $$extras) extra.start(story);
}

/**
 * Takes the layers that the author has made: a group for a step, by its number.
 * @param {Record<number, L.Layer>} groups
 */
export function join(groups) {
  chart.join(groups);
}
