import type { World } from "./world";
import { type Attack, liesIn } from "./attacks";
import type { Lambda, Made } from "./lambda";

/** `dynamodb:UpdateItem lock`, `dynamodb:UpdateItem fixing`: what a broken call means depends on what it writes. */
export function nameOf({ call: { service, operation, input } }: Pick<Made, "call">): string {
  const id = (input.Key as { id?: { S?: string } } | undefined)?.id?.S ?? "";
  const values = input.ExpressionAttributeValues as Record<string, { S?: string }> | undefined;
  const what = values?.[":set_state"]?.S ?? /^(\w+)#/.exec(id)?.[1] ?? (id === "switch" ? id : "");
  return `${service}:${operation}${what === "" ? "" : ` ${what}`}`;
}

/** Alerts may be published again where the answer to a publish, or to the note of it, is lost. */
export function mayBePublishedAgain(name: string): boolean {
  return /^sns:Publish|UpdateItem done$/.test(name);
}

const isFinding = (id: string) => /^(?:[0-9a-f-]{36}|(?:burst|known|sha256)-\w+)#/.test(id);

/** The IDs of the findings in the table. */
export function findingsIn({ items }: World): string[] {
  return Object.keys(items).filter(isFinding).sort();
}

/** How everything should have ended. */
export interface Expected {
  attacks: Attack[];
  /** IDs of findings. */
  findings: string[];
  /** Whether alerts may have been published more than once, and are marked then. */
  mayRepeat: boolean;
}

/** All promises that were not kept. */
export function brokenPromises(world: World, lambda: Lambda, expected: Expected): string[] {
  const { attacks, findings, mayRepeat } = expected;
  const broken: string[] = [];
  if (lambda.failureQueue.length > 0)
    broken.push(`still in the failure queue after a redrive: ${lambda.errors.at(-1)?.slice(0, 600)}`);
  if (findingsIn(world).join() !== findings.join())
    broken.push(`expected the findings ${findings.join()}, found ${findingsIn(world).join()}`);
  for (const id of findings) broken.push(...wrongWith(id, world, mayRepeat));
  for (const attack of attacks)
    for (const alert of world.published)
      if (alert.detection === attack.detection && !("summary" in alert))
        broken.push(...liesIn(alert, attack, changesOf(attack, world)));
  for (const attack of attacks) {
    const changes = changesOf(attack, world);
    if (changes.length > attack.writes.length) broken.push(`more than one fix: ${changes.join()}`);
  }
  for (const line of lambda.lines) {
    const { level, message } = JSON.parse(line) as { level?: string; message?: string };
    if (level === undefined || message === undefined) broken.push(`a line without level or message: ${line}`);
  }
  return broken;
}

function changesOf({ writes }: Attack, { changes }: World): string[] {
  return changes.filter((call) => writes.includes(call));
}

function wrongWith(id: string, { items, published }: World, mayRepeat: boolean): string[] {
  const wrong: string[] = [];
  const state = items[id]?.state?.S;
  if (state !== "done") wrong.push(`${id} ended as ${state}`);
  const alerts = published.filter((alert) => alert.id === id);
  if (alerts.length === 0) wrong.push(`${id} was never alerted`);
  if (alerts.length > 1 && !mayRepeat) wrong.push(`${id} was alerted ${alerts.length} times`);
  if (alerts.slice(1).some((alert) => alert.mayRepeat !== true))
    wrong.push(`${id} was alerted again, and that was not said`);
  const outcomes = new Set(alerts.map(({ outcome }) => outcome));
  if (outcomes.size > 1) wrong.push(`${id} was alerted as ${[...outcomes].join(" and as ")}`);
  return wrong;
}
