/**
 * The reader's units. Every number stands in the page in the story's own units. What it is in others was worked out
 * when the page was made, and comes as lists (see page/unit_book.py): here words are put in for words, and nothing is kept.
 * @import { Story } from "./types.js"
 */
import { parts } from "./parts.js";

// A number, or a range of two, and its unit: the same as in page/unit_book.py.
const PHRASE = /(\d(?:[\d.,\u202f–−+/~-]*\d)?)(\s?)([\p{L}²³/]+(?:\u00a0\p{L}+)*)/gu;
const BARE = /^\d[\d.,\u202f–−+/~-]*$/;

/** @param {Story} story */
export function start(story) {
  const { chart, data } = story;
  const buttons = () => /** @type {HTMLButtonElement[]} */ ([...document.querySelectorAll(".units button")]);
  const marked = (/** @type {ParentNode} */ part) => /** @type {HTMLElement[]} */ ([...part.querySelectorAll("[data-u]")]);
  // Where a story has one system only, its own units are that system.
  const own = buttons().find((button) => button.ariaPressed === "true")?.value;
  if (own === undefined) return;
  let now = own;
  /** What stands in the page, and in the story's own words. @type {[HTMLElement, string][]} */
  let words = [];

  const whole = (/** @type {string} */ number, /** @type {string} */ unit) => (BARE.test(number) ? number + unit : number);

  /** @param {string} system */
  function tell(system) {
    parts.all();
    const panel = document.querySelector(".panel");
    if (!words.length) words = marked(document).filter((element) => !panel?.contains(element)).map((element) => [element, element.textContent ?? ""]);
    const [units, ...numbers] = data.units()[system]?.split("|") ?? [""];
    const usual = Object.fromEntries(units.split(",").map((pair) => pair.split("=")));
    let at = 0;
    for (const [element, text] of words) {
      const read = text.replace(PHRASE, (phrase, _, gap, unit) => whole(numbers[at++] || phrase, gap + usual[unit]));
      write(element, element.dataset[system] ?? read);
    }
    // The panel is a copy of its entry.
    const open = document.querySelector('.claim[aria-expanded="true"]')?.getAttribute("data-claim");
    const entry = document.getElementById(`sm_${open}`);
    if (panel && entry) marked(panel).forEach((element, i) => write(element, marked(entry)[i].textContent ?? ""));
  }

  /**
   * Writes words into an element; the unit of the big number stands in an element of its own.
   * @param {HTMLElement} element
   * @param {string} text
   */
  function write(element, text) {
    const small = element.querySelector("small");
    const unit = text.search(/\p{L}/u);
    if (!small || !element.firstChild) return void (element.textContent = text);
    element.firstChild.nodeValue = text.slice(0, unit);
    small.textContent = text.slice(unit);
  }

  /** @param {string} system */
  function choose(system) {
    now = system;
    tell(now);
    chart.tell((measured) => /** @type {Record<string, any>} */ (measured)[now]);
    for (const button of buttons()) button.ariaPressed = String(button.value === now);
  }

  document.addEventListener("click", ({ target }) => {
    const button = /** @type {Element} */ (target).closest(".units button");
    if (button) choose(/** @type {HTMLButtonElement} */ (button).value);
  });
  // Paper has the author's units, as its maps do, and so have files.
  const paper = (story.paper = (on) => now === own || tell(on ? own : now));
  addEventListener("beforeprint", () => paper(true));
  addEventListener("afterprint", () => paper(false));
  const wished = new URLSearchParams(location.search).get("units") ?? own;
  if (wished !== own && data.units()[wished]) choose(wished);
}
