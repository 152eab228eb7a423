// The conformance vectors (testdata/vectors), which every host of the core must
// answer with the same bytes.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

export interface Vector {
  readonly name: string;
  readonly operation: string;
  readonly request: string;
  readonly response: string;
}

/** Reads testdata/vectors: `-- OP[-NAME].request.json --` and `-- OP[-NAME].result.json --`. */
export function vectors(root: string): Vector[] {
  const dir = join(root, "testdata", "vectors");
  return readdirSync(dir).filter((f) => f.endsWith(".txtar")).flatMap((file) => {
    const parts = new Map<string, string>();
    const text = readFileSync(join(dir, file), "utf8");
    const marks = [...text.matchAll(/^-- (\S+) --\n/gm)];
    marks.forEach((m, i) => parts.set(m[1] ?? "", text.slice(m.index + m[0].length, marks[i + 1]?.index).trimEnd()));
    return [...parts].filter(([k]) => k.endsWith(".request.json")).map(([k, request]) => {
      const name = k.replace(/\.request\.json$/, "");
      return { name: `${file}: ${name}`, operation: name.split("-")[0] ?? "", request, response: parts.get(`${name}.result.json`) ?? "" };
    });
  });
}
