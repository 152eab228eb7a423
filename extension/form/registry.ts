// Every form, in the order of the list.

import { abuse } from "./abuse.ts";
import { alert } from "./alert.ts";
import { breach } from "./breach.ts";
import { delegate } from "./delegate.ts";
import { exceptionalUse } from "./exceptional-use.ts";
import { finalReview } from "./final-review.ts";
import type { Form, FormId } from "./form.ts";
import { judgement } from "./judgement.ts";
import { officeRoutine } from "./office-routine.ts";

export const FORMS: readonly Form[] = [exceptionalUse, judgement, finalReview, breach, abuse, delegate, officeRoutine, alert];

export function formOf(id: FormId): Form {
  const form = FORMS.find((one) => one.id === id);
  if (!form) throw new Error(`no form ${id}`);
  return form;
}
