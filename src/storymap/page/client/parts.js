/**
 * The parts of the document, by their ids. In a long story most are only text until they are wanted: see parked.js.
 */
export const parts = {
  /** Returns a part. @param {string} id */
  of: (id) => document.getElementById(id),
  /** Makes sure that all parts within an element, or the document, are there. @type {(within?: ParentNode) => void} */
  all() {},
};
