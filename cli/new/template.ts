import type { CloudTrailRecord } from "../../handlers/cloudtrail/record";
import { valueAt } from "../../handlers/detections/readers/evidence";
import { fieldsOf } from "../../handlers/json";
import type { Severity } from "../../handlers/settings";
import { exampleAccount } from "../rules/example-record";
import { type FixDraft, type FixOperation, pathsOfIds } from "./operations";

/** What a new rule is written from. */
export interface NewRule {
  id: string;
  title: string;
  severity: Severity;
  /** `ec2:CreateTags` */
  event: string;
  /** A saved record, and its path from the rules' folder. */
  saved?: { name: string; record: CloudTrailRecord };
  /** Parameters that the event always has, as far as the service's model says. */
  parameters: string[];
  /** With a fix. */
  fix?: FixDraft;
}

/** Stands for what a person has to fill in; `test` fails while it is in a call. */
const todo = "TODO";

/** The file of a new rule, which passes its own examples but for what is marked by TODO. */
export function ruleText(rule: NewRule): string {
  const { id, title, severity, event, saved, fix } = rule;
  const parameters =
    saved === undefined ? rule.parameters : Object.keys(fieldsOf(saved.record.requestParameters));
  const evidence = parameters.slice(0, 3).map((name) => `, ${JSON.stringify(name)}`);
  const body = `
export const rule: Rule = {
  id: ${JSON.stringify(id)},
  title: ${JSON.stringify(title)},
  severity: ${JSON.stringify(severity)},
  events: [${JSON.stringify(event)}],
  match(record, context) {
    // TODO: when is this call a problem? parameterOf(record, "name") has a parameter, in any of the forms that services write.
    if (isAutomation(record, context)) return undefined;
    return { evidence: shown(record${evidence.join("")}), resources: ${resourcesText(event, saved?.record)} };
  },${fix === undefined ? "" : remediation(fix, event)}
  runbook: ["Ask the actor what the call was for."],
};

export const examples: Examples = {
  hits: [
    {
      name: "by hand",
      record: ${recordText(rule)},${fix === undefined ? "" : expected(fix, saved?.record)}
    },
  ],
  misses: [
    {
      name: "by a pipeline",
      record: {
        eventSource: ${JSON.stringify(sourceOf(event))},
        eventName: ${JSON.stringify(nameOf(event))},
        userIdentity: { type: "AssumedRole", arn: "arn:aws:sts::${exampleAccount}:assumed-role/deploy/main" },
      },
      context: { automation: ["arn:aws:sts::*:assumed-role/deploy/*"] },
    },
  ],
};
`;
  return importsOf(body) + body;
}

/** What the call created, if its answer has an ID. */
function resourcesText(event: string, record: CloudTrailRecord | undefined): string {
  const [service = "", name = ""] = event.split(":");
  const path = record === undefined ? undefined : pathsOfIds(record)[0];
  if (path === undefined) return "[]";
  const noun = name.replace(/^[A-Z][a-z]+/, "") || name;
  const prefix =
    service.length <= 3 ? service.toUpperCase() : service.replace(/^./, (first) => first.toUpperCase());
  return `resourcesOf(${JSON.stringify(`AWS::${prefix}::${noun}`)}, valueAt(record, ${JSON.stringify(path)}))`;
}

/** What a text uses of the kit. */
function importsOf(body: string): string {
  const names = [
    "alreadyOk",
    "callsTo",
    "Examples",
    "isAutomation",
    "plainTextOf",
    "refused",
    "resourcesOf",
    "requested",
    "Rule",
    "shown",
    "valueAt",
  ];
  const code = body.replace(/\/\/.*/g, "").replace(/"(?:[^"\\]|\\.)*"/g, '""');
  const used = names
    .filter((name) => new RegExp(`\\b${name}\\b`).test(code))
    .map((name) => (/^[A-Z]/.test(name) ? `type ${name}` : name));
  return `import { ${used.join(", ")} } from "cloudtrailer/rule";\n`;
}

function sourceOf(event: string): string {
  return `${event.split(":")[0]}.amazonaws.com`;
}

function nameOf(event: string): string {
  return event.split(":")[1] ?? "";
}

function recordText({ event, saved, fix, parameters: always }: NewRule): string {
  if (saved !== undefined) return JSON.stringify(saved.name);
  const names = [...new Set([...always, ...requestedBy(fix)])];
  const parameters = names.map((name) => `${name}: ${JSON.stringify(todo)}`);
  return `{
        eventSource: ${JSON.stringify(sourceOf(event))},
        eventName: ${JSON.stringify(nameOf(event))},
        // TODO: npx cloudtrailer capture --event ${event} saves a real record, whose path may stand here.
        requestParameters: { ${parameters.join(", ")} },
      }`;
}

/** The paths in the record from which the draft takes values. */
function pathsOf(fix: FixDraft | undefined): string[] {
  const required = [fix?.read, fix?.write, fix?.back].flatMap((operation) => operation?.input ?? []);
  return [...new Set(required.flatMap(({ path }) => path ?? []))];
}

/** The request parameters among them, by name. */
function requestedBy(fix: FixDraft | undefined): string[] {
  return pathsOf(fix)
    .filter((path) => /^requestParameters\.[^.]+$/.test(path))
    .map(lastStep);
}

function lastStep(path: string): string {
  return path.split(".").pop() ?? path;
}

function remediation(fix: FixDraft, event: string): string {
  const { service, read, write } = fix;
  const names = requestedBy(fix);
  const answers = pathsOf(fix).filter((path) => path.startsWith("responseElements."));
  const asked =
    names.length === 0
      ? ""
      : `
      const asked = requested(finding, [${names.map((name) => JSON.stringify(name)).join(", ")}]);
      if ("outcome" in asked) return asked;
      const { ${names.join(", ")} } = asked.values;`;
  const answered = answers.map(
    (path) => `
      const ${lastStep(path)} = plainTextOf(valueAt(finding.record, ${JSON.stringify(path)}));`,
  );
  const look =
    read === undefined
      ? ""
      : `
      // TODO: is what the event did still there? If not: return alreadyOk("…"), or changedSince("…") when somebody changed it.
      const live = await aws(call(${JSON.stringify(read.operation)}, ${inputText(read)}));
      if (Object.keys(live).length === 0) return alreadyOk("it is gone");`;
  return `
  remediation: {
    // TODO: exactly the IAM actions of the calls below: the role gets these and no others.
    reads: [${read === undefined ? "" : JSON.stringify(read.action)}],
    writes: [${JSON.stringify(write?.action ?? event)}],
    async plan(finding${read === undefined ? "" : ", aws"}) {
      const call = callsTo(${JSON.stringify(service)}, finding.region);${asked}${answered.join("")}${look}
      return ${planText(fix, event)};
    },
  },`;
}

function planText({ write, back }: FixDraft, event: string): string {
  if (write === undefined) return `refused("TODO: the calls that revert ${nameOf(event)}")`;
  const rollback = back === undefined ? "" : `call(${JSON.stringify(back.operation)}, ${inputText(back)})`;
  return `{
        summary: ${JSON.stringify(`${write.operation} after ${nameOf(event)}`)},
        calls: [call(${JSON.stringify(write.operation)}, ${inputText(write)})],
        // TODO: the calls that bring back what was there before the fix.
        rollback: [${rollback}],
      }`;
}

function inputText({ input }: FixOperation): string {
  const members = input.map(({ member, path, isList }) => {
    const name = path === undefined ? JSON.stringify(todo) : lastStep(path);
    const value = isList ? `[${name}]` : name;
    return member === value ? member : `${member}: ${value}`;
  });
  return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
}

/** What the draft does about the hit's record. */
function expected({ service, read, write }: FixDraft, record: CloudTrailRecord | undefined): string {
  const live =
    read === undefined
      ? "{}"
      : `{ ${JSON.stringify(`${service}:${read.operation}`)}: { TODO: "the answer" } }`;
  if (write === undefined) return `\n      live: ${live},\n      outcome: "refused",`;
  const input = write.input.map(({ member, path, isList }) => {
    const value = record === undefined || path === undefined ? todo : (valueAt(record, path) ?? todo);
    return `${member}: ${JSON.stringify(isList ? [value] : value)}`;
  });
  return `
      // TODO: what AWS answers when the fix looks, and the calls that it makes then.
      live: ${live},
      calls: [{ service: ${JSON.stringify(service)}, operation: ${JSON.stringify(write.operation)}, input: { ${input.join(", ")} } }],`;
}
