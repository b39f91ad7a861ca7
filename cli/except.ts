import { principalOf } from "../handlers/detections/finding";
import { actorOf } from "../handlers/cloudtrail/actor";
import type { FindingBasis } from "../handlers/findings/store";
import type { Exception } from "../handlers/settings";
import { keptItemOf } from "./findings/item";
import { keptOf } from "./findings/kept";
import { accessStack, type Item, stackOptions, tableOption } from "./stack-access";
import { type Given, type Io, type Options, usageError } from "./verb";

export const usage = "except FINDING --reason TEXT --owner WHO [options]";
export const summary = "Print the exception for a finding, to paste into the configuration";
export const details = `FINDING is the finding's ID, or the beginning of it that \`findings\` shows. Nothing is changed: paste \
the output into Pulumi.<stack>.yaml, where it takes effect with the next \`pulumi up\`. It names the detection, the account, the \
region, the caller (the role behind a session) and the resource; remove what should not restrict it.`;
export const options = {
  reason: { type: "string", value: "TEXT", description: "why it is acceptable; required" },
  owner: { type: "string", value: "WHO", description: "who is responsible for it; required" },
  days: {
    type: "string",
    value: "NUMBER",
    default: "30",
    description: "how many days it applies, 1 to 365",
  },
  ...stackOptions,
  ...tableOption,
} as const satisfies Options;

const dayMs = 86_400_000;

/** The verb `except`. */
export async function run({ values, positionals }: Given<typeof options>, io: Io): Promise<number> {
  const [id, ...more] = positionals;
  if (id === undefined || more.length > 0)
    throw usageError(`expected one FINDING, found ${positionals.join(" ") || "none"}`);
  const { reason, owner, days } = values;
  if (!reason?.trim()) throw usageError("expected --reason, why it is acceptable, found none");
  if (!owner?.trim()) throw usageError("expected --owner, who is responsible for it, found none");
  if (!/^\d+$/.test(days) || Number(days) < 1 || Number(days) > 365)
    throw usageError(`expected --days from 1 to 365, found ${JSON.stringify(days)}`);
  const item = await keptItemOf(await accessStack(values), id);
  const until = new Date(Date.now() + Number(days) * dayMs).toISOString().slice(0, 10);
  const exceptions = exceptionsFor(item, { reason, owner, until });
  for (const line of textOf(exceptions).trimEnd().split("\n")) io.out(line);
  return 0;
}

/** The configuration as YAML. A text that would read as a number or a date is quoted. */
export function textOf(exceptions: Exception[]): string {
  const { dump } = require("js-yaml") as { dump(value: unknown, options: { lineWidth: number }): string };
  return dump({ "cloudtrailer:exceptions": exceptions }, { lineWidth: -1 });
}

/** One exception per resource of the finding, as narrow as the finding allows. */
export function exceptionsFor(item: Item, held: Pick<Exception, "reason" | "owner" | "until">): Exception[] {
  const { detection, account, region, resources } = keptOf(item);
  const narrow = { principal: principalIn(item), account, region };
  const given = Object.fromEntries(Object.entries(narrow).filter(([, value]) => value !== ""));
  const each = resources.length === 0 ? [{}] : resources.map(({ id }) => ({ resource: id }));
  return each.map((resource) => ({ detection, ...given, ...resource, ...held }));
}

/** The role behind a session, because anybody can choose the session's name; empty if unknown. */
function principalIn(item: Item): string {
  if (item.basis?.S === undefined) return "";
  const { record } = JSON.parse(item.basis.S) as FindingBasis;
  const principal = principalOf({ actor: actorOf(record) });
  // Patterns are matched against ARNs only: actors without one are matched by other fields.
  return principal.startsWith("arn:") ? principal : "";
}
