// Who may import whom in the extension, and what may be used where.
// The Go half of the same rule is core/deps_test.go.

import importX from "eslint-plugin-import-x";
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

const zones = [
  { target: "extension/channel", from: ["entry", "ui", "outbox", "host", "service"], message: "a channel only reads the page" },
  { target: "extension/ui", from: ["entry", "channel", "outbox", "host", "service"], message: "the interface decides nothing" },
  { target: "extension/outbox", from: ["entry", "channel", "ui", "host", "service"], message: "the outbox is given what it needs" },
  { target: "extension/host", from: ["entry", "channel", "ui", "outbox", "service"], message: "the host runs the core and knows nothing else" },
  { target: "extension/service", from: ["entry", "channel", "ui"], message: "the service runs without page and browser" },
  { target: "extension/schema", from: ["entry", "channel", "ui", "outbox", "host", "service"], message: "a schema is only data" },
].map(({ target, from, message }) => ({
  target,
  from: from.map((folder) => `extension/${folder}`),
  message,
}));

export default tseslint.config(
  { ignores: ["build/", "node_modules/", "**/*.wasm"] },
  {
    files: ["extension/**/*.ts", "extension/**/*.tsx"],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { project: ["tsconfig.json", "extension/test/tsconfig.json"], tsconfigRootDir: import.meta.dirname },
    },
    plugins: { "import-x": importX },
    settings: { "import-x/resolver-next": [] },
    rules: {
      "import-x/no-restricted-paths": ["error", { zones }],
      "import-x/no-cycle": "error",
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
  {
    files: ["extension/{channel,ui,host,outbox,service,schema}/**/*.ts", "extension/*.ts"],
    rules: { "no-restricted-globals": ["error", noChrome, ...noRemote] },
  },
  {
    files: ["extension/{host,outbox,service,schema}/**/*.ts", "extension/settings.ts", "extension/entry/worker.ts"],
    rules: {
      "no-restricted-globals": ["error", noChrome, noPage("document"), noPage("window"), ...noRemote],
    },
  },
  {
    files: ["extension/entry/worker.ts"],
    rules: { "no-restricted-globals": ["error", noPage("document"), noPage("window"), ...noRemote.slice(1)] },
  },
  {
    files: ["extension/test/**/*.ts", "extension/test/**/*.tsx"],
    rules: {
      "no-restricted-globals": "off",
      "no-console": "off",
      "@typescript-eslint/no-floating-promises": ["error", { allowForKnownSafeCalls: [{ from: "package", package: "node:test", name: ["test", "describe", "it"] }] }],
    },
  },
);
