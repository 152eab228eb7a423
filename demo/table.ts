/** A table for a terminal: columns as wide as needed, the first cut to fit. */
export function table(head: readonly string[], rows: readonly (readonly string[])[], width = process.stdout.columns || 140): string {
  const length = (s: string): number => [...s].length;
  const widths = head.map((h, i) => Math.max(length(h), ...rows.map((r) => length(r[i] ?? ""))));
  const rest = widths.slice(1).reduce((a, b) => a + b + 2, 0);
  widths[0] = Math.max(18, Math.min(widths[0] ?? 0, width - rest));
  const line = (cells: readonly string[]): string =>
    cells
      .map((c, i) => {
        const max = widths[i] ?? 0;
        const cut = length(c) > max ? `${[...c].slice(0, max - 1).join("")}…` : c;
        return cut + " ".repeat(max - length(cut));
      })
      .join("  ")
      .trimEnd();
  return [line(head), line(widths.map((w) => "─".repeat(w))), ...rows.map(line)].join("\n");
}
