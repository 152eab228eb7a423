// Who may import whom in the extension, and what may be used where.
// The Go half of the same rule is core/deps_test.go.

import tseslint from "typescript-eslint";

const noChrome = {
  name: "chrome",
  message: "only entry/ touches the browser's extension API; hand in what you need",
};
const noPage = (name) => ({ name, message: "no DOM here: a worker has none" });
const noRemote = [
  { name: "fetch", message: "the sealed build has no network code; entry/worker.ts reads core.wasm" },
  { name: "XMLHttpRequest", message: "the sealed build has no network code" },
  { name: "WebSocket", message: "the sealed build has no network code" },
  { name: "EventSource", message: "the sealed build has no network code" },
];

// Folder, the sibling folders it may not import from, and why.
const zones = [
  ["channel", ["entry", "ui", "outbox", "host", "service"], "a channel only reads the page"],
  ["ui", ["entry", "channel", "outbox", "host", "service"], "the interface decides nothing"],
  ["outbox", ["entry", "channel", "ui", "host", "service"], "the outbox is given what it needs"],
  ["host", ["entry", "channel", "ui", "outbox", "service"], "the host runs the core and knows nothing else"],
  ["service", ["entry", "channel", "ui"], "the service runs without page and browser"],
  ["form", ["entry", "channel", "ui", "outbox", "host", "service"], "a form makes a document and knows nothing else"],
  ["schema", ["entry", "channel", "ui", "outbox", "host", "service"], "a schema is only data"],
].map(([folder, forbidden, message]) => ({
  files: [`extension/${folder}/**/*.ts`],
  rules: {
    "no-restricted-imports": ["error", { patterns: [{ regex: `^(\\.\\./)+(${forbidden.join("|")})/`, message }] }],
  },
}));

// What the desktop window's page takes from the extension: how things look and are
// said, and the shapes of JSON. Everything else there is a browser's.
const shared = ["wire\\.ts", "ui/(dom|face|panel|sheet)\\.ts", "ui/page\\.css", "ui/pages/(frame|controls|channels)\\.ts", "ui/strings/(page|pages)\\.ts"];

export default tseslint.config(
  { ignores: ["build/", "desktop/frontend/dist/", "node_modules/", "**/*.wasm"] },
  {
    files: ["extension/**/*.ts", "extension/**/*.tsx", "desktop/frontend/**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { project: ["tsconfig.json", "extension/test/tsconfig.json"], tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/no-dynamic-delete": "off",
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-console": "error", // a log could hold a message's text
      "max-lines": ["error", 400],
      "no-restricted-globals": ["error", ...noRemote],
    },
  },
  ...zones,
  {
    files: ["desktop/frontend/*.ts", "desktop/frontend/{views,strings}/*.ts"],
    rules: {
      "no-restricted-globals": ["error", { name: "chrome", message: "the window's page runs in no browser extension" }, ...noRemote],
      "no-restricted-imports": ["error", { patterns: [{ regex: `extension/(?!(${shared.join("|")})$)`, message: "the window shares only how things look and are said" }] }],
    },
  },
  {
    files: ["extension/{channel,ui,host,outbox,service,schema,form}/**/*.ts", "extension/*.ts"],
    rules: { "no-restricted-globals": ["error", noChrome, ...noRemote] },
  },
  {
    files: ["extension/{host,outbox,service,schema,form}/**/*.ts", "extension/settings.ts", "extension/entry/worker.ts"],
    rules: {
      "no-restricted-globals": ["error", noChrome, noPage("document"), noPage("window"), ...noRemote],
    },
  },
  {
    files: ["extension/entry/worker.ts"],
    rules: { "no-restricted-globals": ["error", noPage("document"), noPage("window"), ...noRemote.slice(1)] },
  },
  {
    files: ["extension/test/**/*.ts", "extension/test/**/*.tsx", "desktop/frontend/test/*.ts"],
    rules: {
      "no-restricted-globals": "off",
      "no-console": "off",
      "@typescript-eslint/no-floating-promises": ["error", { allowForKnownSafeCalls: [{ from: "package", package: "node:test", name: ["test", "describe", "it"] }] }],
    },
  },
);
