// What the page may ask of the App (desktop/window): one method each, as Wails binds
// it. Member names are those of the Go types in JSON.

import type { Device, ChatScope, Info, KeptRecord, Language, Party, Verdict } from "../../extension/wire.ts";

export interface Settings {
  language: Language;
  packs: string[];
  name: string;
  address: string;
}

export interface Status {
  version: string;
  vault: string;
  exists: boolean;
  open: boolean;
  ways: ("keyring" | "passphrase" | "recovery")[];
  settings: Settings;
  trouble: string;
}

export interface PackInfo {
  id: string;
  title: string;
  version: string;
  review_by: string;
  overdue: boolean;
}

export type State = "kept" | "pending" | "delivered" | "closed";
export type HoldState = "none" | "held" | "unknown";

export interface Hit {
  id: string;
  state: State;
  hold: HoldState;
  date: string;
  time: string;
  from: string;
  to: string;
  subject: string;
  channel: string;
  purged: boolean;
  damage: string;
  snippet: { text: string; found: boolean }[];
  incoming: boolean;
}

export interface Home {
  total: number;
  only_here: number;
  pending: Hit[];
  pending_n: number;
  pending_to: string[];
  latest: Hit[];
  undecided: number;
  import: string;
  hold: HoldState;
  holds: { name: string; by: string; at: string; records: number }[];
  overdue: PackInfo[];
  destinations: string[];
}

export interface Query {
  text: string;
  from: string;
  to: string;
  since: string;
  until: string;
  channel: string;
  state: "" | State;
  hold: "" | HoldState;
  offset: number;
}

export interface Delivery {
  destination: string;
  state: "waiting" | "handed" | "delivered";
  place: string;
  identical: boolean;
  at: string;
  next: string;
  problem: string;
  advice: string;
}

export interface RecordView extends Hit {
  record: KeptRecord | null;
  index: number;
  deliveries: Delivery[];
}

export interface Proof {
  content: string;
  signature: string;
  files: string;
  tree: string;
  count: number;
  entries: number;
  root: string;
  at: string;
}

export interface Preview {
  file: string;
  form: string;
  channel: string;
  title: string;
  dates: string;
  zone: string;
  messages: number;
  texts: number;
  deleted: number;
  unreadable: number;
  files: number;
  files_missing: number;
  first: string;
  last: string;
  people: { name: string; address: string; messages: number }[];
  gaps: { after: string; before: string; days: number; number: number }[];
  notes: { line: number; text: string }[];
  notes_more: number;
}

export interface Row {
  number: number;
  kind: "text" | "system" | "deleted" | "call" | "unreadable";
  from: string;
  date: string;
  clock: string;
  body: string;
  duty: string;
  permission: string;
  why: string;
  para: string;
  files: number;
}

export interface Kept {
  kept: number;
  already: number;
  incomplete: { number: number; line: number; why: string }[];
  notes: { line: number; text: string }[];
}

export interface Draft {
  channel: string;
  device: Device;
  chat_scope: ChatScope;
  to: Party[];
  subject: string;
  body: string;
}

export interface ByHand extends Draft {
  from: Party;
  date: string;
  time: string;
  direction: "in" | "out";
  note: string;
  series: string;
  chat: string;
}

export interface Destination {
  name: string;
  kind: string;
  where: string;
  hosts: string[];
  readback: boolean;
  problem: string;
}

export interface Delivered {
  delivered: number;
  handed: number;
  waiting: number;
  problems: Delivery[];
}

export interface Request {
  kind: string;
  reference: string;
  issued: string;
  due: string;
  issuer: string;
  terms: string[];
  people: string[];
  since: string;
  until: string;
  channels: string[];
  hold: boolean;
  note: string;
  signed: boolean;
}

export interface Found {
  hits: Hit[];
  unread: number;
  records: number;
  certificate: string;
}

export interface Written {
  file: string;
  digest: string;
  records: number;
}

/** Something long, and how far it has come. total 0: not known. */
export interface Job {
  id: number;
  state: "running" | "done" | "failed" | "cancelled";
  done: number;
  total: number;
  error: Fault | null;
  result: unknown;
}

/** Methods whose answer is a number start a job of that number. */
export interface Api {
  Status(): Promise<Status>;
  Create(passphrase: string): Promise<string>;
  Open(way: string, secret: string): Promise<void>;
  Lock(): Promise<void>;
  Typed(is: boolean): Promise<void>;
  Home(): Promise<Home>;
  Search(query: Query): Promise<{ total: number; hits: Hit[] }>;
  Record(id: string): Promise<RecordView>;
  Prove(id: string): Promise<Proof>;
  Judge(draft: Draft): Promise<Verdict>;
  Info(): Promise<Info>;
  KeepByHand(message: ByHand): Promise<{ id: string; missing: string[] }>;
  ChooseImport(title: string): Promise<string>;
  OpenImport(path: string, dates: string): Promise<number>;
  JudgeImport(me: string): Promise<number>;
  Rows(duties: string[], offset: number): Promise<Row[]>;
  KeepImport(numbers: number[], before: number): Promise<number>;
  CloseImport(): Promise<void>;
  Destinations(): Promise<Destination[]>;
  AddFolder(title: string): Promise<boolean>;
  RemoveDestination(name: string): Promise<void>;
  Deliver(ids: string[], to: string): Promise<number>;
  Packs(): Promise<PackInfo[]>;
  SetSettings(settings: Settings): Promise<void>;
  OpenRequest(title: string): Promise<Request | null>;
  CloseRequest(): Promise<void>;
  RunRequest(by: string): Promise<number>;
  WritePackage(title: string): Promise<number>;
  ReleaseHold(packageTitle: string, receiptTitle: string): Promise<boolean>;
  StateHold(state: string): Promise<void>;
  Job(id: number): Promise<Job>;
  Cancel(id: number): Promise<void>;
}

declare global {
  interface Window {
    /** Set by Wails, before the page's script runs. */
    go: { window: { App: Api } };
  }
}

/** Why the App did not do something; code as in desktop/window/errors.go. */
export interface Fault {
  code: string;
  text: string;
}

/** Reads what a method was rejected with: JSON of a Fault, or words of Wails. */
export function faultOf(reason: unknown): Fault {
  const text = reason instanceof Error ? reason.message : String(reason);
  try {
    const fault = JSON.parse(text) as Partial<Fault>;
    if (typeof fault.text === "string") return { code: fault.code ?? "", text: fault.text };
  } catch {
    // not one of ours
  }
  return { code: "", text };
}

export const api = (): Api => window.go.window.App;
