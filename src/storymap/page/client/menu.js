/**
 * The list of steps. Closed it is a row of marks, or nothing in a long story; open it has their titles, over the bar.
 */

/**
 * Lets a button open the list, and keys go about in it. It closes when the reader turns to anything beside the bar.
 * @param {HTMLElement} bar
 * @param {HTMLCollectionOf<HTMLElement>} links
 * @param {HTMLElement} button
 */
export function bindMenu(bar, links, button) {
  const isOpen = () => bar.classList.contains("open");
  /** @param {boolean} on */
  function show(on) {
    bar.classList.toggle("open", on);
    button.setAttribute("aria-expanded", String(on));
    // Closed they are marks for a pointer: with the keyboard one need not go past them to Next.
    for (const link of links) link.tabIndex = on ? 0 : -1;
  }

  button.addEventListener("click", () => {
    show(!isOpen());
    if (isOpen()) [...links].find((link) => link.ariaCurrent)?.focus();
  });
  for (const turn of ["focusin", "pointerdown"]) document.addEventListener(turn, ({ target }) => bar.contains(/** @type {Node} */ (target)) || show(false));
  show(false);
  bar.addEventListener("keydown", (event) => {
    const at = [...links].findIndex((link) => link === document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: Math.max(0, at - 1), Home: 0, End: -1, Escape: 0 }[event.key];
    if (!isOpen() || to === undefined) return;
    if (event.key === "Escape") {
      show(false);
      button.focus();
    } else [...links].at(Math.min(to, links.length - 1))?.focus();
    event.preventDefault();
    event.stopPropagation(); // Esc closes this alone, and Home goes to the first link, not to the first step
  });
}
