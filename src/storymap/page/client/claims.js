/**
 * Claims in the prose: each quote is a button that opens its entry from the list of checks below its paragraph.
 */

/**
 * Makes the quotes buttons. `onOpen` hears the claim's id and which other reading of it is opened, or null when its
 * panel closes.
 * @param {(claim: string | null, reading?: number) => void} onOpen
 * @param {{ close: string }} words
 */
export function bindClaims(onOpen, words) {
  /** @type {{ quote: HTMLElement, panel: HTMLElement } | null} */
  let open = null;

  for (const quote of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("a.claim"))) {
    quote.setAttribute("role", "button");
    quote.setAttribute("aria-expanded", "false");
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
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && open) {
      const { quote } = open;
      close();
      quote.focus();
    }
  });

  /** @param {HTMLElement} quote */
  function toggle(quote) {
    const again = open?.quote === quote;
    close();
    if (again) return;
    const id = quote.dataset.claim ?? "";
    const panel = panelOf(id);
    (quote.closest("p, li, blockquote, h3, h4") ?? quote).after(panel);
    quote.setAttribute("aria-expanded", "true");
    open = { quote, panel };
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
    const entry = /** @type {HTMLElement} */ (document.getElementById(`sm_${id}`)?.cloneNode(true));
    entry.removeAttribute("id");
    entry.classList.add("panel");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "close";
    button.setAttribute("aria-label", words.close);
    button.textContent = "×";
    button.addEventListener("click", () => {
      const quote = open?.quote;
      close();
      quote?.focus();
    });
    entry.prepend(button);
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
    const [map, bar, line] = [document.getElementById("sm_map"), document.getElementById("sm_bar"), quote].map((part) => part?.getBoundingClientRect());
    const number = panel.querySelector(".gauge")?.getBoundingClientRect();
    if (!map || !bar || !line || !number) return;
    const hangsAbove = map.left <= line.left && map.right >= line.left && map.height < innerHeight * 0.8;
    if (hangsAbove || number.bottom > bar.top) quote.scrollIntoView({ block: "start" });
  }

  return { close };
}
