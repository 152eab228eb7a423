// Filled forms: reports and notes the person saved, sealed like records. They are
// the person's own drafts; nothing takes them anywhere.

import type { Hold } from "../wire.ts";
import type { SavedForm } from "../form/form.ts";
import type { FormRow } from "./database.ts";
import { seal, unseal } from "./keys.ts";
import { HoldError, type Outbox } from "./outbox.ts";

type Sealed = Omit<SavedForm, "id" | "saved_at">;

/** Saves a form, or what was changed in it; resolves when it is on the disk. */
export async function saveForm({ store, keys }: Outbox, form: SavedForm): Promise<void> {
  const { id, saved_at, ...rest } = form;
  const row: FormRow = { id, saved_at, sealed: await seal(keys, `form ${id}`, rest) };
  await store.write("forms", (s) => s.put(row));
}

/** Every form that opens, newest first. Never rejects over one that does not. */
export async function savedForms({ store, keys }: Outbox): Promise<SavedForm[]> {
  const rows = await store.read("forms", (s) => s.getAll() as IDBRequest<FormRow[]>);
  const forms = await Promise.all(
    rows.map(({ id, saved_at, sealed }) =>
      unseal(keys, `form ${id}`, sealed).then(
        (rest) => ({ id, saved_at, ...(rest as Sealed) }),
        () => null,
      ),
    ),
  );
  return forms.filter((form) => form !== null).sort((a, b) => Date.parse(b.saved_at) - Date.parse(a.saved_at));
}

/** Removes one; refused unless it is stated that there is no hold (ruling 12). */
export async function removeForm({ store }: Outbox, id: string, hold: Hold): Promise<void> {
  if (hold !== "none") throw new HoldError(`hold is ${hold}`);
  await store.remove("forms", id);
}
