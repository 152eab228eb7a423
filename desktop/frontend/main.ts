// The page of the desktop window: which view when.

import { api } from "./api.ts";
import { Ui } from "./ui.ts";
import { CheckView } from "./views/check.ts";
import { FirstView } from "./views/first.ts";
import { HomeView } from "./views/home.ts";
import { ImportView } from "./views/imports.ts";
import { LibraryView } from "./views/library.ts";
import { RequestsView } from "./views/requests.ts";
import { SettingsView } from "./views/settings.ts";

/** Makes a view once, so that what the person was doing there is there again. */
function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

async function main(): Promise<void> {
  const status = await api().Status();
  const ui: Ui = new Ui(
    status,
    {
      home: once(() => new HomeView(ui)),
      library: once(() => new LibraryView(ui)),
      check: once(() => new CheckView(ui)),
      import: once(() => new ImportView(ui)),
      requests: once(() => new RequestsView(ui)),
      settings: once(() => new SettingsView(ui)),
    },
    () => new FirstView(ui),
  );
  // A file dropped on the window must not take the page's place.
  for (const type of ["dragover", "drop"]) window.addEventListener(type, (event) => event.preventDefault());
  await (status.open ? ui.go("home") : ui.begin());
}

void main();
