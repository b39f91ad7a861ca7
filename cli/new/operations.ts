import { existsSync } from "node:fs";
import { join } from "node:path";
import { awsServices } from "../../handlers/aws/services";
import type { CloudTrailRecord } from "../../handlers/cloudtrail/record";
import { fieldsOf } from "../../handlers/json";
import { botocoreData } from "../../local/install-emulator";
import { openServiceModels, type ServiceModel, shapeOf } from "../../local/recorder/service-models";
import { actionOfCall } from "../rules/iam-actions";

/** An operation that a fix may use. */
export interface FixOperation {
  operation: string;
  /** Its IAM action, or what it would be called. */
  action: string;
  /** Members of its input, each with the path in the event's record where its value is; undefined: it is nowhere. */
  input: { member: string; path: string | undefined; isList?: true }[];
}

/** What a fix of an event may be made of: a first draft, which a person completes. */
export interface FixDraft {
  /** Of the calls: the key of handlers/aws/services.ts. */
  service: string;
  /** Looks at what the event changed. */
  read: FixOperation | undefined;
  /** Takes it back. */
  write: FixOperation | undefined;
  /** The event's own operation, which would take back the fix. */
  back: FixOperation | undefined;
}

/** Verbs, and those that take back what they do. */
const inverses: Record<string, string[]> = {
  Add: ["Remove", "Delete"],
  Allocate: ["Release"],
  Associate: ["Disassociate"],
  Attach: ["Detach"],
  Authorize: ["Revoke"],
  Create: ["Delete"],
  Delete: ["Create", "Put"],
  Deregister: ["Register"],
  Detach: ["Attach"],
  Disable: ["Enable"],
  Disassociate: ["Associate"],
  Enable: ["Disable"],
  Put: ["Delete", "Put"],
  Register: ["Deregister"],
  Remove: ["Add"],
  Revoke: ["Authorize"],
  Run: ["Stop", "Terminate"],
  Start: ["Stop"],
  Stop: ["Start"],
  Subscribe: ["Unsubscribe"],
  Tag: ["Untag"],
  Untag: ["Tag"],
};

/** Prefixes of events, where calls to the service have another name. */
const services: Record<string, string> = {
  config: "configservice",
  elasticmapreduce: "emr",
  monitoring: "cloudwatch",
  sso: "sso-admin",
  states: "stepfunctions",
};

/** Parameters that an event always has, as CloudTrail spells them. */
export function parametersOf(event: string): string[] {
  const [prefix = "", name = ""] = event.split(":");
  return requiredOf(services[prefix] ?? prefix, name).map(lowerFirst);
}

/** A draft of the fix of an event. @param record of the event; without one, its parameters are those of the operation */
export function draftOf(event: string, record: CloudTrailRecord | undefined): FixDraft {
  const [prefix = "", name = ""] = event.split(":");
  const service = services[prefix] ?? prefix;
  const operations = operationsOf(service);
  const [, verb = "", noun = ""] = /^([A-Z][a-z]+)(.*)$/.exec(name) ?? [];
  const paths =
    record === undefined ? parametersOf(event).map((name) => `requestParameters.${name}`) : pathsIn(record);
  const find = (candidates: string[]) => {
    const operation = candidates.find((one) => operations.includes(one));
    return operation === undefined ? undefined : fixOperation(service, operation, paths);
  };
  const plural = /[^aeiou]y$/.test(noun) ? `${noun.slice(0, -1)}ies` : `${noun}s`;
  return {
    service,
    read: find([noun, plural].flatMap((one) => [`Get${one}`, `Describe${one}`, `List${one}`])),
    write: find((inverses[verb] ?? []).map((inverse) => inverse + noun)),
    back: find([name]),
  };
}

/** Parameters of a record, and texts anywhere in its answer: a new thing has its id there. */
function pathsIn({ requestParameters, responseElements }: CloudTrailRecord): string[] {
  const answers: string[] = [];
  const search = (value: unknown, path: string, depth: number): void => {
    if (typeof value === "string") answers.push(path);
    else if (depth < maxDepth)
      for (const [name, inner] of Object.entries(fieldsOf(value)))
        search(inner, `${path}.${name}`, depth + 1);
  };
  search(responseElements, "responseElements", 0);
  return [...Object.keys(fieldsOf(requestParameters)).map((name) => `requestParameters.${name}`), ...answers];
}

/** Paths of IDs and ARNs in a record's answer: of what the call created. */
export function pathsOfIds(record: CloudTrailRecord): string[] {
  return pathsIn(record).filter(
    (path) => /^responseElements\..*(?:Id|Arn)$/.test(path) && !/\.requestId$/.test(path),
  );
}

/** Objects inside of each other in an answer; services nest three or four. */
const maxDepth = 5;

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function operationsOf(service: string): string[] {
  if (!Object.hasOwn(awsServices, service)) return [];
  return Object.keys(awsServices[service]?.load() ?? {})
    .filter((name) => name.endsWith("Command"))
    .map((name) => name.replace(/Command$/, ""));
}

function fixOperation(service: string, operation: string, paths: string[]): FixOperation {
  const action = actionOfCall({ service, operation }) ?? `${service}:${operation}`;
  const required = requiredOf(service, operation).map((member) => ({
    member,
    path: pathOf(member.toLowerCase(), paths),
  }));
  const input = required.length > 0 ? required : identifyingOf(service, operation, paths);
  return { operation, action, input };
}

/** Events spell some members longer: `groupDescription` for `Description`. */
function pathOf(member: string, paths: string[]): string | undefined {
  const requested = paths.filter((path) => path.startsWith("requestParameters."));
  return (
    paths.find((path) => lastOf(path) === member) ?? requested.find((path) => lastOf(path).endsWith(member))
  );
}

function lastOf(path: string): string {
  return path.split(".").pop()?.toLowerCase() ?? "";
}

/** Where nothing is required: members that take the ID of what the event created, one or a list of such. */
function identifyingOf(service: string, operation: string, paths: string[]): FixOperation["input"] {
  const ids = paths.filter((path) => path.startsWith("responseElements.") && /(?:Id|Arn)$/.test(path));
  const found = membersOf(service, operation).flatMap((member) => {
    const name = member.toLowerCase();
    const path = ids.find((one) => [name, name.replace(/s$/, "")].includes(lastOf(one)));
    if (path === undefined) return [];
    return [lastOf(path) === name ? { member, path } : { member, path, isList: true as const }];
  });
  return found.slice(0, 1);
}

/** By botocore's model of the service, which comes with AWS on this machine; nothing without it. */
function requiredOf(service: string, operation: string): string[] {
  return inputOf(service, operation)?.required ?? [];
}

function membersOf(service: string, operation: string): string[] {
  return Object.keys(inputOf(service, operation)?.members ?? {});
}

function inputOf(service: string, operation: string) {
  const model = modelOf(service === "configservice" ? "config" : service);
  const input = model?.operations[operation]?.input;
  return model === undefined || input === undefined ? undefined : shapeOf(model, input);
}

function modelOf(folder: string): ServiceModel | undefined {
  let data: string;
  try {
    data = botocoreData();
  } catch {
    // It is not installed: the draft has operations without members.
    return undefined;
  }
  return existsSync(join(data, folder)) ? openServiceModels(data).load(folder) : undefined;
}
