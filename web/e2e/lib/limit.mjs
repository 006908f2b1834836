// What may never come: a page that draws no frames, a program that does not end.

/** Waits for a promise, so long at most; then fails by an error that `isLate`. */
export function within(limitMs, promise, complaint) {
  let timer;
  const late = new Promise((_, reject) => {
    const error = Object.assign(new Error(`${complaint} within ${limitMs / 1000} s`), { isLate: true });
    timer = setTimeout(() => reject(error), limitMs);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
