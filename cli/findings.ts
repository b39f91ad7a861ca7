import { filterOf, filterOptions } from "./findings/filter";
import { findingsBetween, type KeptFinding } from "./findings/kept";
import { keptItemOf } from "./findings/item";
import { byGravity, csvHeading, csvRowOf, linesOfList, listed } from "./findings/list";
import { linesOfWhole, wholeOf } from "./findings/whole";
import { momentForms, momentOf } from "./moment";
import { verdicts } from "../handlers/findings/said";
import { createAskFunction } from "./ask-function";
import {
  accessStack,
  callAwsAt,
  findStack,
  functionOption,
  type Item,
  processSurroundings,
  type StackAccess,
  stackOptions,
  tableOption,
} from "./stack-access";
import { type Given, type Io, type Options, usageError } from "./verb";

const { region: stackRegion, ...otherStackOptions } = stackOptions;

export const usage = "findings [ID] [options]";
export const summary = "List findings and their outcomes, or show all of one, as in its alert";
export const details = `ID is a finding's ID from its alert, or the beginning of it that the list shows. The list is \
sorted by severity, then newest first.`;
export const options = {
  since: {
    type: "string",
    value: "TIME",
    default: "7d",
    description: `first seen since: ${momentForms}`,
  },
  until: { type: "string", value: "TIME", description: "first seen until (default: now)" },
  ...filterOptions,
  format: {
    type: "string",
    value: "FORMAT",
    default: "table",
    description: "table, json, jsonl (unsorted, newest first) or csv",
  },
  limit: {
    type: "string",
    value: "NUMBER",
    default: "200",
    description: "maximum number of rows of the table",
  },
  verdict: {
    type: "string",
    value: "VERDICT",
    description: `with an ID: keeps what it was, ${verdicts.join(", ")}; for reports, nothing else follows from it`,
  },
  why: { type: "string", value: "TEXT", description: "with --verdict: the reason, which is kept; required" },
  ...functionOption,
  ...otherStackOptions,
  "stack-region": { ...stackRegion, description: "the stack's region, instead of its output or AWS_REGION" },
  ...tableOption,
} as const satisfies Options;

const formats = ["table", "json", "jsonl", "csv"] as const;

type Format = (typeof formats)[number];

/** The verb `findings`. */
export async function run({ values, positionals }: Given<typeof options>, io: Io): Promise<number> {
  const format = formats.find((one) => one === values.format);
  if (format === undefined)
    throw usageError(`expected --format ${formats.join(", ")}, found ${JSON.stringify(values.format)}`);
  if (!/^[1-9]\d{0,6}$/.test(values.limit))
    throw usageError(`expected --limit to be a number above 0, found ${JSON.stringify(values.limit)}`);
  if (positionals.length > 1) throw usageError(`expected one ID at most, found ${positionals.join(" ")}`);
  const now = Date.now();
  const from = momentOf("since", values.since, now);
  const until = values.until === undefined ? now : momentOf("until", values.until, now);
  if (until < from)
    throw usageError(`expected --until after --since, found ${values.until} before ${values.since}`);
  const isWanted = filterOf(values);
  const { AWS_REGION, AWS_DEFAULT_REGION } = process.env;
  // The commands in an alert have the stack's region as --region, so that is the default here.
  const environment = { ...process.env, AWS_REGION: AWS_REGION ?? AWS_DEFAULT_REGION ?? values.region };
  const stack = await accessStack(
    { ...values, region: values["stack-region"] },
    { ...processSurroundings, environment },
  );
  const [id] = positionals;
  if (values.verdict !== undefined) return keepVerdict(id, values, stack, io);
  if (id !== undefined) return showOne(await keptItemOf(stack, id, from, until), stack, format, io);
  return showList(
    wanted(findingsBetween(stack, from, until), isWanted),
    { format, limit: Number(values.limit) },
    io,
  );
}

/** Has the function keep what a person thinks of a finding. */
async function keepVerdict(
  id: string | undefined,
  values: Given<typeof options>["values"],
  access: StackAccess,
  io: Io,
): Promise<number> {
  const { why, endpoint } = values;
  const verdict = verdicts.find((one) => one === values.verdict);
  if (verdict === undefined)
    throw usageError(`expected --verdict ${verdicts.join(", ")}, found ${JSON.stringify(values.verdict)}`);
  if (id === undefined)
    throw usageError("expected the ID of the finding that --verdict is about, found none");
  if (!why?.trim()) throw usageError("expected --why TEXT with the reason of --verdict, found none");
  const { id: found } = await keptItemOf(access, id);
  const { region, table } = access;
  const stack = await findStack(["function"], { ...values, region });
  const ask = createAskFunction({ ...stack, table, endpoint, aws: callAwsAt(endpoint) });
  const { by } = await ask({ verb: "verdict", finding: found?.S ?? "", verdict, why });
  io.out(`${found?.S}: ${verdict}, says ${by}`);
  return 0;
}

async function* wanted(
  findings: AsyncIterable<KeptFinding>,
  isWanted: (finding: KeptFinding) => boolean,
): AsyncGenerator<KeptFinding> {
  for await (const finding of findings) if (isWanted(finding)) yield finding;
}

/** Prints the list. A list for programs is printed as it arrives, whatever its length. */
export async function showList(
  findings: AsyncIterable<KeptFinding>,
  { format, limit }: { format: Format; limit: number },
  io: Io,
): Promise<number> {
  if (format === "jsonl") for await (const finding of findings) io.out(JSON.stringify(listed(finding)));
  else if (format === "csv") {
    io.out(csvHeading);
    for await (const finding of findings) io.out(csvRowOf(finding));
  } else {
    const all: KeptFinding[] = [];
    for await (const finding of findings) all.push(finding);
    all.sort(byGravity);
    if (format === "json") io.out(JSON.stringify(all.map(listed), null, 2));
    else printTable(all, limit, io);
  }
  return 0;
}

function printTable(findings: KeptFinding[], limit: number, io: Io): void {
  if (findings.length > 0) for (const line of linesOfList(findings.slice(0, limit), io)) io.out(line);
  const more = findings.length - limit;
  const left = more > 0 ? `, ${limit} of them shown (--limit, or --format jsonl for all)` : "";
  io.err(`${findings.length} finding${findings.length === 1 ? "" : "s"}${left}`);
}

function showOne(item: Item, stack: StackAccess, format: Format, io: Io): number {
  const finding = wholeOf(item, stack);
  if (format === "table") for (const line of linesOfWhole(finding)) io.out(line);
  else if (format === "csv") for (const line of [csvHeading, csvRowOf(finding)]) io.out(line);
  else io.out(JSON.stringify(listed(finding), null, format === "json" ? 2 : undefined));
  return 0;
}
