/**
 * Which step the reader is at. No DOM here: callers subscribe.
 */

/**
 * Returns the step's index that an address hash names, or -1: hashes that are not ours (`#?secret=`) name none.
 * @param {string} hash
 * @param {string[]} ids
 * @returns {number}
 */
export function indexOfHash(hash, ids) {
  return ids.indexOf(hash.replace(/^#/, ""));
}

/**
 * Returns the state of a story: the index of the step, clamped, with one listener list.
 * @param {string[]} ids
 * @param {number} start
 */
export function createState(ids, start) {
  let index = Math.max(0, start);
  /** @type {((index: number) => void)[]} */
  const listeners = [];
  return {
    ids,
    get index() {
      return index;
    },
    /** @param {(index: number) => void} listener */
    subscribe(listener) {
      listeners.push(listener);
    },
    /** @param {number} wanted */
    go(wanted) {
      const next = Math.min(ids.length - 1, Math.max(0, wanted));
      if (next === index) return;
      index = next;
      for (const listener of listeners) listener(index);
    },
  };
}
