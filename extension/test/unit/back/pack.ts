/** An overlay of the UK's rules that stops a word, as "hanaper pack compile" makes it. */
export const PACK = {
  applies: { extended_text: "E" },
  capture: { clause: "DX-1" },
  clauses: [{ id: "DX-1", para: "rule 1", text: "Code names stay inside." }],
  id: "dx-rules",
  jurisdiction: "GB",
  keywords: [{ clause: "DX-1", en: ["Lantern"], grade: "forbidden", id: "names", label: "K-code" }],
  languages: ["en"],
  logging: { clause: "DX-1" },
  max_action: "block",
  overlay: "uk-nccc-2023",
  source: { sha256: "00", title: "Department of Examples, messaging rules", url: "https://rules.example" },
  strings: { en: { E: "e", "K-code": "A code name", "W-DX-1": "{type} stays inside. (rule 1)" } },
  tables: [
    {
      facets: ["keyword"],
      id: "code-names",
      rows: [
        { action: "block", because: "keywords", clauses: ["DX-1"], override: "reason", permission: "prohibited", text: "W-DX-1", when: { keyword: "forbidden" } },
        { when: { keyword: ["none", "watch", "sensitive"] } },
      ],
    },
  ] as object[],
  thresholds: { p_capture: 2500, p_consider: 1500, p_stop: 9000 },
  training: { clause: "DX-1" },
  version: "1.0.0",
};
