// Draws a page again when what it shows changed elsewhere: in another tab, by
// policy, or in a messenger while this page was not looked at.

/** same: whether what would be drawn is what is drawn already; then the person is left in peace. */
export function watch<M>(load: () => Promise<M>, same: (next: M) => boolean, show: (next: M) => void): void {
  const look = async () => {
    const next = await load();
    if (!same(next)) show(next);
  };
  chrome.storage.onChanged.addListener(() => void look());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") void look();
  });
}

/** Two models that would be drawn alike. */
export function alike(a: object, b: object): boolean {
  return JSON.stringify({ ...a, now: 0 }) === JSON.stringify({ ...b, now: 0 });
}
