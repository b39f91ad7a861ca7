import { eventTimeOf } from "../cloudtrail/event-time";
import { fieldOf, isTrue, nameInArn, parameterOf, textParameterOf } from "../cloudtrail/parameters";
import { accountOf, type CloudTrailRecord, eventOf, succeeded } from "../cloudtrail/record";
import { type Fields, fieldsOf, textOf } from "../json";
import type { Answer, Ask, HeldPolicy } from "./ask";

/** What one record says about the state of a resource. JSON only, because `replay` sends it between threads. */
export interface Fact {
  /** The resource: `policy#arn:…`, `group#111122223333#admins`, `trail#111122223333#main`. */
  about: string;
  /** The time of the call, epoch ms. */
  at: number;
  /** `iam:CreatePolicy` */
  event: string;
  eventID: string;
  fields: Fields;
}

/** What records say about the resources that detections ask about. */
export interface SeenState {
  /** @param bytes of the record that shows it */
  note(fact: Fact, bytes?: number): void;
  /** What is known from records up to the one in question; undefined if they say nothing. */
  answer(ask: Ask, record: CloudTrailRecord): Answer | undefined;
}

type Reading = (record: CloudTrailRecord) => { about: string | undefined; fields: Fields };

const ofPolicy =
  (read: (record: CloudTrailRecord) => Fields): Reading =>
  (record) => ({ about: policyKey(textParameterOf(record, "policyArn")), fields: read(record) });

const ofGroup =
  (...names: string[]): Reading =>
  (record) => ({
    about: groupKey(record, textParameterOf(record, "groupName")),
    fields: Object.fromEntries(names.map((name) => [name, parameterOf(record, name)])),
  });

/** For a trail, the answer has all settings. */
const ofTrail: Reading = (record) => ({
  about: trailKey(record, textParameterOf(record, "name")),
  fields: fieldsOf(record.responseElements),
});

/** What is read from each event. */
const readings: Record<string, Reading> = {
  "iam:CreatePolicy": (record) => {
    const made = fieldsOf(fieldsOf(record.responseElements).policy);
    return {
      about: policyKey(textOf(made.arn) ?? arnOfCreated(record)),
      fields: { version: "v1", isDefault: true, document: parameterOf(record, "policyDocument") },
    };
  },
  "iam:CreatePolicyVersion": ofPolicy((record) => ({
    version: textOf(fieldOf(fieldsOf(record.responseElements).policyVersion, "versionId")),
    isDefault: isTrue(fieldOf(record.requestParameters, "setAsDefault")),
    document: parameterOf(record, "policyDocument"),
  })),
  "iam:SetDefaultPolicyVersion": ofPolicy((record) => ({
    version: textParameterOf(record, "versionId"),
    isDefault: true,
  })),
  "iam:DeletePolicy": ofPolicy(() => ({})),
  "iam:CreateGroup": ofGroup(),
  "iam:DeleteGroup": ofGroup(),
  "iam:PutGroupPolicy": ofGroup("policyName", "policyDocument"),
  "iam:DeleteGroupPolicy": ofGroup("policyName"),
  "iam:AttachGroupPolicy": ofGroup("policyArn"),
  "iam:DetachGroupPolicy": ofGroup("policyArn"),
  "cloudtrail:CreateTrail": ofTrail,
  "cloudtrail:UpdateTrail": ofTrail,
};

/** The names of the events that say something about what detections ask. */
export const factEventNames = Object.keys(readings).map((event) => event.slice(event.indexOf(":") + 1));

/** What a record says; undefined if it is nothing that detections ask about. */
export function factOf(record: CloudTrailRecord): Fact | undefined {
  if (!factEventNames.includes(record.eventName)) return undefined;
  const event = eventOf(record);
  const read = Object.hasOwn(readings, event) ? readings[event] : undefined;
  if (read === undefined || !succeeded(record)) return undefined;
  const at = eventTimeOf(record);
  const { about, fields } = read(record);
  if (about === undefined || Number.isNaN(at)) return undefined;
  return { about, at, event, eventID: textOf(record.eventID) ?? "", fields };
}

/** The ARN of a policy that a call creates, from its parameters: some exports have no answers. */
function arnOfCreated(record: CloudTrailRecord): string | undefined {
  const name = textParameterOf(record, "policyName");
  if (name === undefined) return undefined;
  const partition = /^arn:([a-z-]+):/.exec(textOf(fieldsOf(record.userIdentity).arn) ?? "")?.[1] ?? "aws";
  return `arn:${partition}:iam::${accountOf(record)}:policy${textParameterOf(record, "path") ?? "/"}${name}`;
}

function policyKey(arn: string | undefined): string | undefined {
  return arn === undefined ? undefined : `policy#${arn}`;
}

function groupKey(record: CloudTrailRecord, name: string | undefined): string | undefined {
  return name === undefined ? undefined : `group#${accountOf(record)}#${name}`;
}

function trailKey(record: CloudTrailRecord, name: string | undefined): string | undefined {
  return name === undefined ? undefined : `trail#${accountOf(record)}#${nameInArn(name)}`;
}

/** Maximum number of facts per resource; each answer goes through all of them. */
const maxFacts = 500;

/**
 * Creates the memory of what records say. Facts may arrive in any order; those of the same second count in order of arrival.
 *
 * @param maxBytes of records whose facts are kept; beyond that, the oldest are forgotten
 */
export function createSeenState(maxBytes = Number.POSITIVE_INFINITY): SeenState {
  const facts = new Map<string, Fact[]>();
  const bytesOf = new Map<string, number>();
  let held = 0;

  const forget = (about: string): void => {
    held -= bytesOf.get(about) ?? 0;
    facts.delete(about);
    bytesOf.delete(about);
  };

  const factsUpTo = (about: string | undefined, { eventID, at }: { eventID: string; at: number }): Fact[] =>
    (about === undefined ? [] : (facts.get(about) ?? []))
      .filter((fact) => fact.at <= at && (fact.eventID === "" || fact.eventID !== eventID))
      .sort((a, b) => a.at - b.at);

  return {
    note(fact, bytes = 0) {
      const { about } = fact;
      const known = facts.get(about) ?? [];
      if (known.some(({ eventID }) => eventID === fact.eventID && eventID !== "")) return;
      known.push(fact);
      facts.set(about, known);
      bytesOf.set(about, (bytesOf.get(about) ?? 0) + bytes);
      held += bytes;
      // All of it, because a part would be taken for the whole.
      if (known.length > maxFacts) forget(about);
      for (const oldest of facts.keys()) {
        if (held <= maxBytes) break;
        forget(oldest);
      }
    },
    answer(ask, record) {
      const moment = { eventID: textOf(record.eventID) ?? "", at: eventTimeOf(record) };
      const policyOf = (arn: string, version?: string) =>
        documentIn(factsUpTo(policyKey(arn), moment), version);
      switch (ask.kind) {
        case "managedPolicy": {
          const document = policyOf(ask.arn, ask.version);
          return document === undefined ? undefined : { value: document };
        }
        case "groupPolicies":
          return policiesIn(factsUpTo(groupKey(record, ask.group), moment), policyOf);
        // Records never show it.
        case "functionLoaders":
          return undefined;
        case "trail": {
          const last = factsUpTo(trailKey(record, ask.name), moment).at(-1);
          return last === undefined ? undefined : { value: last.fields };
        }
      }
    },
  };
}

/** The document of a version of a policy, or of its default version. */
function documentIn(facts: Fact[], asked: string | undefined): unknown {
  const documents = new Map<string, unknown>();
  let byDefault: string | undefined;
  for (const { event, fields } of facts) {
    // A policy that is recreated under the same name has other versions.
    if (event === "iam:CreatePolicy" || event === "iam:DeletePolicy") {
      documents.clear();
      byDefault = undefined;
    }
    // AWS's answer may be missing: then it is known only as the default version.
    const version = textOf(fields.version) ?? "";
    if (Object.hasOwn(fields, "document")) documents.set(version, fields.document);
    if (fields.isDefault === true) byDefault = version;
  }
  const version = asked ?? byDefault;
  return version === undefined ? undefined : documents.get(version);
}

/** The policies of a group: all of them if one of the records created it. */
function policiesIn(facts: Fact[], documentOf: (arn: string) => unknown): Answer | undefined {
  if (facts.length === 0) return undefined;
  const held = new Map<string, HeldPolicy>();
  let isWhole = false;
  for (const { event, fields } of facts) {
    const name = textOf(fields.policyArn) ?? textOf(fields.policyName) ?? "";
    if (event === "iam:PutGroupPolicy") held.set(name, { document: fields.policyDocument });
    else if (event === "iam:AttachGroupPolicy") held.set(name, { arn: name });
    else if (event === "iam:CreateGroup" || event === "iam:DeleteGroup") {
      held.clear();
      isWhole = true;
    } else held.delete(name);
  }
  const value = [...held.values()].map((policy): HeldPolicy => {
    const document = policy.arn === undefined ? undefined : documentOf(policy.arn);
    return document === undefined ? policy : { ...policy, document };
  });
  const isKnown = isWhole && value.every(({ arn, document }) => document !== undefined || isOfAws(arn));
  return isKnown ? { value } : { value, isPartial: true };
}

/** The content of AWS's own policies is known by their names. */
function isOfAws(arn: string | undefined): boolean {
  return arn?.includes(":iam::aws:policy/") === true;
}
