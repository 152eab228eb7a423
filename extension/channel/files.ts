// Files on their way into a draft: names and sizes a person gave to the page, until
// the page itself shows them. Their content is never read.

import type { Attachment } from "../wire.ts";

/** The files given to one composer. */
export class OnTheirWay {
  private files: { file: Attachment; shown: boolean }[] = [];

  add(files: readonly Attachment[]): void {
    for (const file of files) this.files.push({ file, shown: false });
  }

  /** What the page shows, and what it does not show yet; a file it showed and shows no more was taken out. */
  with(shown: readonly Attachment[]): Attachment[] {
    const names = new Set(shown.map((file) => file.name));
    for (const one of this.files) one.shown ||= names.has(one.file.name);
    this.files = this.files.filter((one) => !one.shown || names.has(one.file.name));
    const known = new Map(this.files.map(({ file }) => [file.name, file]));
    const waiting = this.files.filter((one) => !one.shown).map(({ file }) => file);
    return [...shown.map((file) => known.get(file.name) ?? file), ...waiting];
  }
}

/** Files a person gave to the page: kept while their preview is open, by name only. */
export class InPreview {
  private files: Attachment[] = [];
  private shown = false;

  /** names: of documents in the preview, as far as it shows them. */
  constructor(private readonly names: () => string[]) {}

  note(added: readonly Attachment[], preview: boolean): void {
    this.files = preview ? [...this.files, ...added] : [...added];
  }

  /** The files of the preview now open, or none. */
  current(preview: boolean): Attachment[] {
    if (!preview) {
      if (this.shown) this.files = [];
      this.shown = false;
      return [];
    }
    this.shown = true;
    const noted = new Set(this.files.map((file) => file.name));
    const shown = this.names().filter((name) => !noted.has(name));
    const all = [...this.files, ...shown.map((name) => ({ name, type: "", size: 0 }))];
    return all.length > 0 ? all : [{ name: "", type: "", size: 0 }];
  }
}

const UNITS: Record<string, number> = { b: 1, k: 1024, kb: 1024, ko: 1024, m: 1024 ** 2, mb: 1024 ** 2, mo: 1024 ** 2, g: 1024 ** 3, gb: 1024 ** 3, go: 1024 ** 3 };

/** "(12K)", "1,2 Mo" in bytes, as near as the page says it; 0 where it does not. */
export function bytesShown(text: string): number {
  const match = /(\d+(?:[.,]\d+)?)\s*([kmg]?[bo]?)\b/i.exec(text.replace(/[\u00a0\u202f]/g, " "));
  const unit = UNITS[(match?.[2] ?? "").toLowerCase()] ?? 1;
  return match ? Math.round(Number((match[1] ?? "0").replace(",", ".")) * unit) : 0;
}
