import { useSyncExternalStore } from "react";
import { makeChats, newId, self, type Attached, type Chat, type Row, type Status } from "./chats";
import { options } from "./options";
import { sent, type SentMessage } from "./probe";

/** All the state of the stand-in, in memory only. */
export interface State {
  readonly chats: readonly Chat[];
  /** key of the open chat, "" for none */
  readonly open: string;
  /** files chosen and not yet sent: the caption dialog is open while there are any */
  readonly files: readonly Attached[];
  readonly drawer: boolean;
  /** as when the tab is in the background: only the last row is drawn */
  readonly hidden: boolean;
}

let state: State = { chats: makeChats(Date.now()), open: options.chat, files: [], drawer: false, hidden: false };
const listeners = new Set<() => void>();

/** What was typed and not sent, by chat: it is there again when the chat is opened again. */
export const drafts = new Map<string, string>();

export function change(part: Partial<State>): void {
  state = { ...state, ...part };
  for (const l of listeners) l();
}

export const current = (): State => state;

export function useStage(): State {
  return useSyncExternalStore((l) => {
    listeners.add(l);
    return () => listeners.delete(l);
  }, current);
}

export function openChat(): Chat | undefined {
  return state.chats.find((c) => c.key === state.open);
}

function edit(key: string, rows: (rows: readonly Row[]) => readonly Row[]): void {
  change({ chats: state.chats.map((c) => (c.key === key ? { ...c, rows: rows(c.rows) } : c)) });
}

const next: Partial<Record<Status, Status>> = { pending: "sent", sent: "delivered", delivered: "read" };

function tick(key: string, id: string): void {
  setTimeout(() => {
    const row = state.chats.find((c) => c.key === key)?.rows.find((r) => r.id === id);
    const status = row?.status === undefined ? undefined : next[row.status];
    if (status === undefined) return;
    edit(key, (rows) => rows.map((r) => (r.id === id ? { ...r, status } : r)));
    tick(key, id);
  }, options.tick);
}

/** Sends what is in the composer, and the chosen files with it as their caption. */
export function send(text: string, via: SentMessage["via"]): void {
  const chat = openChat();
  if (chat === undefined || (text.trim() === "" && state.files.length === 0)) return;
  sent.push({ chat: chat.title, text, files: state.files.map((f) => f.name), via, at: performance.now() });
  const files = state.files;
  const fresh = (r: Partial<Row>): Row => ({ id: newId(true), from: "", at: new Date(), kind: "text", text: "", status: "pending", ...r });
  const rows: Row[] =
    files.length === 0
      ? [fresh({ text })]
      : files.map((file, i) => fresh({ kind: file.type.startsWith("image/") ? "image" : "document", file, text: i === files.length - 1 ? text : "" }));
  change({ files: [] });
  edit(chat.key, (old) => [...old, ...rows]);
  for (const r of rows) tick(chat.key, r.id);
}

/** A message from somebody else arrives in a chat. */
export function receive(key: string, from: string, text: string): void {
  edit(key, (rows) => [...rows, { id: newId(false), from, at: new Date(), kind: "text", text }]);
}

/** Somebody deletes a message for everybody. */
export function remove(id: string): void {
  for (const c of state.chats) edit(c.key, (rows) => rows.map((r) => (r.id === id ? { ...r, kind: "deleted", text: "" } : r)));
}

/** The name before the colon of a row's prefix. */
export const author = (row: Row): string => (row.from === "" ? self.name : row.from);
