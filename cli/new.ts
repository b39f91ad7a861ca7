import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { type CloudTrailRecord, eventOf } from "../handlers/cloudtrail/record";
import { type Severity, severities } from "../handlers/settings";
import { didYouMean } from "../infra/checks";
import { checkId } from "../infra/rules/check-rule";
import { ownFolder, shownPath } from "../infra/rules/load";
import { projectCatalogue } from "../infra/rules/own-rules";
import { expectEvent } from "./capture";
import { draftOf, parametersOf } from "./new/operations";
import { type NewRule, ruleText } from "./new/template";
import { readRecords } from "./rules/read-records";
import { saveRecord } from "./rules/saved-record";
import { type Given, type Io, type Options, usageError } from "./verb";

export const usage = "new ID --event EVENT [options]";
export const summary = "Write a rule of your own: own/ID.ts, with its examples";
export const details = `ID is words joined by hyphens, such as ec2-prod-untagged. EVENT is the call to look at, such as \
ec2:CreateTags; with --from it defaults to that of the record. The new rule passes its own examples, except those of a drafted \
fix; TODO marks what is left to decide. The ID of a rule in own/examples/ copies that rule instead.`;
export const options = {
  event: { type: "string", value: "EVENT", description: "the event to look at" },
  fix: { type: "boolean", description: "draft a fix as well" },
  from: {
    type: "string",
    value: "FILE",
    description: "a file with a record for the first example, in any format that replay reads",
  },
  title: { type: "string", value: "TEXT", description: "what happened: the subject of the alerts" },
  severity: { type: "string", value: "SEVERITY", default: "medium", description: severities.join(", ") },
} as const satisfies Options;

type Values = Given<typeof options>["values"];

export async function run({ values, positionals }: Given<typeof options>, io: Io): Promise<number> {
  const [id, ...more] = positionals;
  if (id === undefined || more.length > 0)
    throw usageError(`expected one ID, found ${positionals.length === 0 ? "none" : positionals.join(" ")}`);
  const file = freeFile(id);
  const text = textOfGallery(id, values) ?? formatted(ruleText(await newRule(id, values)), file);
  mkdirSync(dirname(file), { recursive: true });
  // Once: whoever watches the folder reads it at once.
  writeFileSync(file, text);
  io.out(shownPath(file));
  io.err(`next: npx cloudtrailer test ${id}`);
  return 0;
}

/** Where the rule goes. @throws a usage error when the id is none, or is taken */
function freeFile(id: string): string {
  const wrong = checkId(id);
  if (wrong !== undefined) throw usageError(`expected ID to be ${wrong.expected}; found ${wrong.found}`);
  const file = join(ownFolder(), `${id}.ts`);
  if (existsSync(file)) throw usageError(`expected an ID that is free, found ${shownPath(file)}`);
  if (projectCatalogue.detections.some((detection) => detection.id === id))
    throw usageError(
      `expected an ID that is free, found ${id} in the catalogue: npx cloudtrailer detections ${id} shows it`,
    );
  return file;
}

/** A rule of the gallery. */
function textOfGallery(id: string, { event, from }: Values): string | undefined {
  const file = join(ownFolder(), "examples", `${id}.ts`);
  if (!existsSync(file)) return undefined;
  if (event !== undefined || from !== undefined)
    throw usageError(`expected no --event or --from, since ${shownPath(file)} is copied; or another ID`);
  return readFileSync(file, "utf8");
}

async function newRule(id: string, { event: asked, fix, from, title, severity }: Values): Promise<NewRule> {
  if (!severities.some((one) => one === severity))
    throw usageError(
      `expected --severity to be one of ${severities.join(", ")}, found ${JSON.stringify(severity)}${didYouMean(severity, severities)}`,
    );
  if (asked !== undefined) expectEvent(asked);
  const record = from === undefined ? undefined : await recordIn(from, asked);
  const event = asked ?? (record === undefined ? undefined : eventOf(record));
  if (event === undefined) throw usageError("expected --event EVENT, such as ec2:CreateTags, or --from FILE");
  const saved = record === undefined ? {} : { saved: { record, name: nameOfRecord(record, from) } };
  const draft = fix ? { fix: draftOf(event, record) } : {};
  const words = title ?? id.replaceAll("-", " ").replace(/^./, (first) => first.toUpperCase());
  return {
    id,
    title: words,
    severity: severity as Severity,
    event,
    parameters: parametersOf(event),
    ...saved,
    ...draft,
  };
}

/** The first record of the event in a file; of any event, when none is asked for. */
async function recordIn(from: string, event: string | undefined): Promise<CloudTrailRecord> {
  const records = await readRecords([from]);
  const found = records.find((record) => event === undefined || eventOf(record) === event);
  if (found !== undefined) return found;
  const events = [...new Set(records.map(eventOf))];
  throw usageError(`expected a record of ${event} in ${from}, found ${events.slice(0, 5).join(", ")}`);
}

/** The record's path from the rules' folder, where it is saved unless it comes from there. */
function nameOfRecord(record: CloudTrailRecord, from = ""): string {
  const name = relative(ownFolder(), resolve(from));
  return name.startsWith("..") || !name.endsWith(".json") ? saveRecord(record).name : name;
}

/** The text as `npm run format` leaves it; as it is, without the formatter. */
function formatted(text: string, file: string): string {
  const root = join(__dirname, "..");
  const biome = join(root, "node_modules", ".bin", "biome");
  if (!existsSync(biome)) return text;
  const { status, stdout } = spawnSync(biome, ["format", `--stdin-file-path=${file}`], {
    cwd: root,
    input: text,
    encoding: "utf8",
  });
  return status === 0 && stdout.includes("export const rule") ? stdout : text;
}
