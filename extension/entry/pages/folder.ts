// The folder a person picks: only a page can ask for it, and only after a click.

import { granted } from "../../outbox/destination/folder.ts";
import type { Outbox } from "../../outbox/outbox.ts";
import { forgetFolder, savedFolder, saveFolder } from "../../outbox/places.ts";
import type { PlaceActions, FolderState } from "../../ui/pages/place.ts";
import type { PageTexts } from "../../ui/strings/pages.ts";
import type { DesktopAnswer, Settings } from "../../wire.ts";
import { ask } from "./ask.ts";

export const canPick = typeof window.showDirectoryPicker === "function";

export async function folderState(outbox: Outbox): Promise<FolderState | null> {
  const handle = await savedFolder(outbox.store);
  return handle && { name: handle.name, granted: await granted(handle) };
}

/** Asks the browser's question; true when files may be written there now. */
export async function allow(handle: FileSystemDirectoryHandle): Promise<boolean> {
  return (await handle.requestPermission({ mode: "readwrite" })) === "granted";
}

export interface Around {
  outbox: Outbox;
  texts: () => PageTexts;
  say: (text: string, tone: "good" | "warn") => void;
  /** Draws again from what is stored now. */
  refresh: () => Promise<void>;
  /** What the program on this computer said. */
  desktop: (said: DesktopAnswer) => void;
}

/** What the choice of a place does, on every page that offers it. */
export function placeActions(my: Around): PlaceActions {
  const save = (kind: Settings["destination"]["kind"]) => ask({ op: "save", changes: { destination: { kind } } });
  const attempt = (work: () => Promise<void>) => void work().catch(() => my.say(my.texts().notSaved, "warn"));
  const use = async (handle: FileSystemDirectoryHandle) => {
    await saveFolder(my.outbox.store, handle); // remembered first: the browser's question may be left open
    await save("folder");
    await my.refresh();
    if (!(await granted(handle)) && !(await allow(handle))) my.say(my.texts().settings.folderDenied, "warn");
    await ask({ op: "file" });
    await my.refresh();
  };
  return {
    destination: (kind) =>
      attempt(async () => {
        await save(kind);
        await ask({ op: "file" });
        await my.refresh();
        my.say(my.texts().saved, "good");
      }),
    pickFolder: () =>
      attempt(async () => {
        const handle = await pick();
        if (handle) await use(handle);
      }),
    dropFolder: (data) => {
      const item = Array.from(data.items).find((i) => i.kind === "file");
      const dropped = item?.getAsFileSystemHandle?.(); // before anything is awaited: the data goes away
      attempt(async () => {
        const handle = await dropped;
        if (handle instanceof FileSystemDirectoryHandle) await use(handle);
        else my.say(my.texts().settings.notFolder, "warn");
      });
    },
    renewFolder: () =>
      attempt(async () => {
        const handle = await savedFolder(my.outbox.store);
        if (handle) await use(handle);
      }),
    connectDesktop: () => {
      const allowed = chrome.permissions.request({ permissions: ["nativeMessaging"] }); // within the click
      attempt(async () => {
        const no: DesktopAnswer = { state: "not_allowed", code: "", version: "" };
        const said = (await allowed) ? await ask({ op: "desktop" }) : no;
        my.desktop(said);
        if (said.state === "paired") await ask({ op: "file" });
        await my.refresh();
      });
    },
    forgetFolder: () =>
      attempt(async () => {
        await forgetFolder(my.outbox.store);
        await my.refresh();
      }),
  };
}

async function pick(): Promise<FileSystemDirectoryHandle | null> {
  try {
    return (await window.showDirectoryPicker?.({ id: "hanaper", mode: "readwrite" })) ?? null;
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") return null; // the person closed the window
    throw error;
  }
}
