import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** Names of files below dir that hold word, as UTF-8 or UTF-16 of either order. */
export function holders(dir: string, word: string): string[] {
  const utf16 = Buffer.from(word, "utf16le");
  const forms = [Buffer.from(word), utf16, Buffer.from(utf16).swap16()];
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((f) => f.isFile())
    .map((f) => join(f.parentPath, f.name))
    .filter((f) => {
      const bytes = readFileSync(f);
      return forms.some((form) => bytes.includes(form));
    });
}
