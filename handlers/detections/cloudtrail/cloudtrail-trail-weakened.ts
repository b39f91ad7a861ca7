import {
  fieldOf,
  isFalse,
  isTrue,
  nameInArn,
  parameterOf,
  textParameterOf,
} from "../../cloudtrail/parameters";
import type { CloudTrailRecord } from "../../cloudtrail/record";
import { plainTextOf } from "../../json";
import type { DetectionContext } from "../../settings";
import { readsOf } from "../ask";
import type { Detection, Evidence } from "../detection";
import { resourcesOf, valueAt } from "../readers/evidence";
import { accountIn, isForeign } from "../readers/principal";
import { isOwnTrail } from "../readers/trail";
import { uninspected } from "../readers/uninspected";

/** Switches of a trail that must stay on. */
const switches: Record<string, string> = {
  isMultiRegionTrail: "only one region is recorded from now on",
  includeGlobalServiceEvents: "IAM, STS and other global services are not recorded from now on",
  enableLogFileValidation: "log files can be changed unseen from now on",
};

/** Settings that an empty text removes. */
const takenAway: Record<string, string> = {
  kmsKeyId: "log files are no longer encrypted with the key",
  cloudWatchLogsLogGroupArn: "records no longer go to CloudWatch Logs",
};

export const cloudtrailTrailWeakened: Detection = {
  id: "cloudtrail-trail-weakened",
  title: "CloudTrail trail weakened",
  severity: "high",
  attack: { technique: "T1685.002", before: "T1562.008" },
  tier: "core",
  noise: "rare",
  events: ["cloudtrail:UpdateTrail"],
  remediation: "inverse",
  asks(record, context) {
    const name = textParameterOf(record, "name");
    if (name === undefined || isOwnTrail(name, context) || !savesAll(record)) return [];
    return [{ kind: "trail", parameter: "requestParameters.name", name }];
  },
  reads: readsOf.trail,
  match(record, context, answers = []) {
    const evidence = [...weaknessesIn(record, context, answers), ...movesIn(record, context, answers)];
    if (evidence.length === 0) return uninspected(record);
    const trail = textParameterOf(record, "name") ?? valueAt(record, "responseElements.trailARN");
    return { evidence, resources: resourcesOf("AWS::CloudTrail::Trail", trail) };
  },
  runbook: [
    "Compare the trail (aws cloudtrail describe-trails) with its definition in code, and restore what the evidence names.",
    "If the bucket, topic or key changed, find out who can read the new one: log files may be leaving the account.",
    "Ask the actor for the change request; if there is none, look at what else they changed in the same session.",
  ],
  falsePositives: [
    "A planned move of the trail to another bucket, topic or key.",
    "The console sends all settings with every edit; if the previous ones are unknown, what it switches off counts, changed or not.",
  ],
  references: [
    "https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_UpdateTrail.html",
    "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-validation-intro.html",
  ],
};

/**
 * What the call switched off, or removed: unless it was not there before, as the console saves unused settings as an empty
 * text.
 *
 * @param answers the earlier trail
 */
function weaknessesIn(record: CloudTrailRecord, context: DetectionContext, answers: unknown[]): Evidence[] {
  const [before] = answers;
  const off = Object.entries(switches).filter(([name]) => isFalse(parameterOf(record, name)));
  const away = Object.entries(takenAway).filter(
    ([name]) =>
      parameterOf(record, name) === "" &&
      (before === undefined ? !savesAll(record) : plainTextOf(fieldOf(before, name) ?? "") !== ""),
  );
  const key = accountIn(parameterOf(record, "kmsKeyId"));
  const foreign: [string, string][] = isForeign(key, context)
    ? [["kmsKeyId", `account ${key} decides who can read log files from now on`]]
    : [];
  return [...off, ...away, ...foreign].map(([name, why]) => evidenceOf(record, name, why));
}

/** Settings of where log files and notifications go, and what it means if they change. */
const places: Record<string, string> = {
  s3BucketName: "log files go to this bucket from now on",
  s3KeyPrefix: "log files go below this prefix from now on",
  snsTopicName: "notifications go to this topic from now on",
  isOrganizationTrail: "log files of other accounts appear or disappear, and all go elsewhere from now on",
};

/**
 * Where the call moved log files and notifications: compared with the earlier trail if known; for the trail that feeds this
 * system, with the configuration; otherwise by what the call says, unless it saves all settings.
 *
 * @param answers the earlier trail
 */
function movesIn(record: CloudTrailRecord, context: DetectionContext, answers: unknown[]): Evidence[] {
  const given = Object.entries(places).filter(([name]) => parameterOf(record, name) !== undefined);
  const [before] = answers;
  const isOwn = isOwnTrail(textParameterOf(record, "name"), context);
  if (before === undefined && !isOwn && savesAll(record)) return [];
  const isMoved = (name: string) =>
    before === undefined
      ? !isUsual(name, parameterOf(record, name), isOwn && savesAll(record), context)
      : !isSame(name, parameterOf(record, name), before);
  return given.filter(([name]) => isMoved(name)).map(([name, why]) => evidenceOf(record, name, why));
}

/** Whether a call contains all settings, changed or not: the console saves them all. */
function savesAll(record: CloudTrailRecord): boolean {
  return ["s3BucketName", "isMultiRegionTrail", "enableLogFileValidation"].every(
    (name) => parameterOf(record, name) !== undefined,
  );
}

/**
 * Whether a setting is as the configuration has it.
 *
 * @param isWhole whether the call also contains unused settings, as an empty text or false
 */
function isUsual(name: string, value: unknown, isWhole: boolean, context: DetectionContext): boolean {
  if (name === "s3BucketName") return context.logBuckets.includes(plainTextOf(value));
  if (name === "snsTopicName") return isOwnTopic(plainTextOf(value), context.ownResources);
  return isWhole && (value === "" || isFalse(value));
}

/** Whether a setting is as configured. */
function isSame(name: string, value: unknown, before: unknown): boolean {
  if (name === "isOrganizationTrail") return isTrue(value) === isTrue(fieldOf(before, name));
  const was = plainTextOf(
    fieldOf(before, name) ?? (name === "snsTopicName" ? fieldOf(before, "snsTopicARN") : ""),
  );
  return was === value || nameInArn(was) === nameInArn(plainTextOf(value));
}

function evidenceOf(record: CloudTrailRecord, name: string, why: string): Evidence {
  return { parameter: `requestParameters.${name}`, value: parameterOf(record, name), why };
}

function isOwnTopic(topic: string, ownResources: string[]): boolean {
  return topic !== "" && ownResources.some((own) => own === topic || nameInArn(own) === nameInArn(topic));
}
