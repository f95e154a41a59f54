/**
 * Claims in the prose: each quote is a button that opens its entry from the list of checks below its paragraph.
 */

import { copyText, spotOf } from "./copy.js";
import { parts } from "./parts.js";

/**
 * Makes the quotes buttons. `onOpen` hears the claim's id and which other reading of it is opened, or null when its
 * panel closes.
 * @param {(claim: string | null, reading?: number) => void} onOpen
 * @param {Record<string, string>} words
 */
export function bindClaims(onOpen, words) {
  /** @type {{ quote: HTMLElement, panel: HTMLElement } | null} */
  let open = null;
  /** What others do: open a claim at its quote, close it, hear of one before it opens. */
  const claims = {
    close,
    /** @type {((id: string) => void) | null} */
    before: null,
    /** @param {string} id @param {number} [reading] which of its other readings is wanted, too */
    open(id, reading = -1) {
      const quote = /** @type {HTMLElement | null} */ (document.querySelector(`a.claim[data-claim="${id}"]`));
      if (!quote) return;
      if (open?.quote !== quote) toggle(quote);
      quote.focus({ preventScroll: true });
      open?.panel.querySelectorAll("details")[reading]?.setAttribute("open", "");
    },
  };

  /** @param {ParentNode} within */
  function bind(within) {
    for (const quote of /** @type {NodeListOf<HTMLElement>} */ (within.querySelectorAll("a.claim"))) {
      quote.setAttribute("role", "button");
      quote.setAttribute("aria-expanded", "false");
      quote.setAttribute("aria-controls", `sm_${quote.dataset.claim}_`);
      quote.addEventListener("click", (event) => {
        event.preventDefault();
        toggle(quote);
      });
      quote.addEventListener("keydown", (event) => {
        if (event.key !== " ") return;
        event.preventDefault();
        toggle(quote);
      });
    }
  }
  bind(document);
  document.addEventListener("fresh", ({ target }) => bind(/** @type {Element} */ (target)));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && open) {
      const { quote } = open;
      close();
      quote.focus();
    }
  });

  // A row of the list opens its claim at the step, to which its link has just led.
  addEventListener("click", (event) => {
    const { claim, reading } = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest?.(".table a"))?.dataset ?? {};
    if (claim && event.defaultPrevented) claims.open(claim, Number(reading ?? -1));
  });

  /** @param {HTMLElement} quote */
  function toggle(quote) {
    const again = open?.quote === quote;
    close();
    if (again) return;
    const id = quote.dataset.claim ?? "";
    claims.before?.(id);
    const panel = panelOf(id);
    (quote.closest("p, li, blockquote, h3, h4") ?? quote).after(panel);
    quote.setAttribute("aria-expanded", "true");
    open = { quote, panel };
    // The whole panel follows in the text; who cannot see it hears at once what it comes to.
    const [word, number] = [".verdict", ".number"].map((css) => panel.querySelector(css));
    const status = /** @type {HTMLElement} */ (document.getElementById("sm_status"));
    status.textContent = `${word?.childNodes[1].textContent}: ${number?.textContent}`;
    onOpen(id);
    bringUp(quote, panel);
  }

  function close() {
    if (!open) return;
    open.panel.remove();
    open.quote.setAttribute("aria-expanded", "false");
    open = null;
    onOpen(null);
  }

  /**
   * Returns the entry of a claim as a panel: a copy, so that nothing is written twice in the file.
   * @param {string} id
   */
  function panelOf(id) {
    const entry = /** @type {HTMLElement} */ (parts.of(`sm_${id}`)?.cloneNode(true));
    entry.id += "_"; // by which its quote names it
    entry.classList.add("panel");
    const button = document.createElement("button");
    button.className = "close";
    button.setAttribute("aria-label", words.close);
    button.textContent = "×";
    button.addEventListener("click", () => {
      const quote = open?.quote;
      close();
      quote?.focus();
    });
    entry.prepend(button);
    for (const spot of entry.querySelectorAll(".spot")) {
      const copy = document.createElement("button");
      const text = spotOf(spot);
      copy.className = "copy";
      copy.textContent = words.copy;
      copy.setAttribute("aria-label", `${words.copy}: ${text}`);
      copy.addEventListener("click", () => copyText(text, copy, words.textCopied));
      spot.after(" ", copy);
    }
    // A time has no other units.
    const units = entry.querySelector("[data-u]") && document.querySelector(".tools .units")?.cloneNode(true);
    if (units) entry.querySelector(".number")?.before(units);
    const readings = [...entry.querySelectorAll("details")];
    for (const reading of readings) reading.addEventListener("toggle", () => open && onOpen(id, readings.findIndex((one) => one.open)));
    return entry;
  }

  /**
   * Brings the verdict into sight: the quote goes to the top where the map hangs above it, or the number would be hidden.
   * @param {HTMLElement} quote
   * @param {HTMLElement} panel
   */
  function bringUp(quote, panel) {
    const [map, bar, line, number] = [document.getElementById("sm_map"), document.getElementById("sm_bar"), quote, panel.querySelector(".gauge")].map((part) => part?.getBoundingClientRect());
    if (!map || !bar || !line || !number) return;
    const hangsAbove = map.left <= line.left && map.right >= line.left && map.height < innerHeight * 0.8;
    if (hangsAbove || number.bottom > bar.top) quote.scrollIntoView({ block: "start" });
  }

  return claims;
}
