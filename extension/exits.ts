// Every way text leaves the extension (ruling 14). What leaves goes through
// entry/pages/exit.ts, a destination or form/draft.ts, and names its exit of
// exits.json; docs/exits.md is written from it (go generate ./tools/exits), and each
// has a canary test (test/e2e/exits.test.ts).

import type exits from "./exits.json";

export type ExitId = keyof typeof exits;
