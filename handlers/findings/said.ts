import type { Table } from "../aws/table";
import { type Fields, fieldsOf } from "../json";

/** What a person has said about a finding. */
export interface Said extends Fields {
  /** ARN. */
  by: string;
  why: string;
  /** ISO date-time. */
  at: string;
}

/** What a person thinks of a finding. */
export const verdicts = ["attack", "expected", "false-positive"] as const;

export type Verdict = (typeof verdicts)[number];

/** What the table keeps of what people said, by its name in `about`, which lists have. */
export interface Saids {
  /** That a person has fixed it. */
  fixedByHand?: Said;
  verdict?: Said & { is: Verdict };
}

/** How often a note is written anew, because the item has changed meanwhile. */
const maxTries = 5;

/** Keeps what a person has said with what lists know of a finding. @throws Error if others keep changing it */
export async function keepSaid(table: Table, id: string, said: Saids): Promise<void> {
  for (let tries = 1; tries <= maxTries; tries++) {
    const { about } = await table.get(id);
    const both = JSON.stringify({ ...fieldsOf(JSON.parse(about?.S ?? "{}")), ...said });
    const { changed } = await table.update(id, {
      set: { about: { S: both } },
      condition:
        about?.S === undefined
          ? { expression: "attribute_exists(id) AND attribute_not_exists(about)" }
          : { expression: "about = :about", values: { ":about": { S: about.S } } },
    });
    if (changed) return;
  }
  throw new Error(`finding ${id} was changed by others ${maxTries} times in a row: try again`);
}
