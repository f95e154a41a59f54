/**
 * A long story: all but its first steps, its checks and its list of steps stand in <noscript> elements, which a browser
 * that runs scripts takes for text. They become parts of the document when somebody wants them. Their markup is the
 * compiler's own, with every word of the author's escaped. Linked into long stories alone (see page/parking.py).
 */
import { parts } from "./parts.js";

// About how high a line of entries, and a row of the table are; a text that is not unpacked keeps so much room.
const ENTRY_PX = 516;
const ROW_PX = 64;
const COLUMN_PX = 340;
const NEAR_PX = 200;

/** @type {Map<Element, HTMLElement>} */
const rooms = new Map();

/** @param {Element} text */
function unpack(text) {
  const before = text.previousElementSibling;
  text.insertAdjacentHTML("beforebegin", text.textContent ?? "");
  let part = before ? before.nextElementSibling : (text.parentElement?.firstElementChild ?? null);
  rooms.get(text)?.remove();
  rooms.delete(text);
  // Others bind what is new.
  for (; part && part !== text; part = part.nextElementSibling) part.dispatchEvent(new Event("fresh", { bubbles: true }));
  text.remove();
}

parts.of = (id) => {
  const there = document.getElementById(id);
  const text = there ? null : document.querySelector(`noscript[data-for~="${CSS.escape(id)}"]`);
  if (text) unpack(text);
  return there ?? document.getElementById(id);
};
parts.all = (within = document) => within.querySelectorAll("noscript[data-for]").forEach(unpack);

/** Has the checks unpacked when a reader comes near, and everything for paper and for a search in the page. */
export function start() {
  const near = new IntersectionObserver((seen) => {
    for (const { isIntersecting, target } of seen) {
      const text = isIntersecting && target.previousElementSibling;
      if (text) unpack(text);
    }
  }, { rootMargin: `${NEAR_PX}px` });
  const columns = Math.min(3, Math.max(1, Math.floor(innerWidth / COLUMN_PX)));
  for (const text of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".ledger noscript[data-for]"))) {
    const room = document.createElement("div");
    const { rows, for: ids = "" } = text.dataset;
    room.style.height = `${rows ? Number(rows) * ROW_PX : Math.ceil(ids.split(" ").length / columns) * ENTRY_PX}px`;
    room.style.gridColumn = "1 / -1";
    text.after(room);
    rooms.set(text, room);
    near.observe(room);
  }
  addEventListener("beforeprint", () => parts.all());
  matchMedia("print").addEventListener("change", () => parts.all());
  document.addEventListener("keydown", ({ key, ctrlKey, metaKey }) => {
    if (key === "F3" || ((ctrlKey || metaKey) && key.toLowerCase() === "f")) parts.all();
  });
}
