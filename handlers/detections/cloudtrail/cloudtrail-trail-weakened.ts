import { uninspected } from "../readers/uninspected";
import type { Detection, Evidence } from "../detection";
import { resourcesOf, valueAt } from "../readers/evidence";
import { isFalse, nameInArn, parameterOf, textParameterOf } from "../../cloudtrail/parameters";

/** Switches of a trail that may only be on. */
const switches: Record<string, string> = {
  isMultiRegionTrail: "only one region is recorded from now on",
  includeGlobalServiceEvents: "IAM, STS and other global services are not recorded from now on",
  enableLogFileValidation: "log files can be changed unseen from now on",
};

/** Settings that an empty text takes away. */
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
  events: ["cloudtrail:UpdateTrail"],
  remediation: "inverse",
  match(record, context) {
    const evidence: Evidence[] = [];
    const add = (name: string, why: string) =>
      evidence.push({ parameter: `requestParameters.${name}`, value: parameterOf(record, name), why });
    for (const [name, why] of Object.entries(switches))
      if (isFalse(parameterOf(record, name))) add(name, why);
    for (const [name, why] of Object.entries(takenAway)) if (parameterOf(record, name) === "") add(name, why);
    const bucket = textParameterOf(record, "s3BucketName");
    if (bucket !== undefined && !context.logBuckets.includes(bucket))
      add("s3BucketName", "log files go to this bucket from now on");
    const topic = textParameterOf(record, "snsTopicName");
    if (topic !== undefined && !isOwnTopic(topic, context.ownResources))
      add("snsTopicName", "notifications go to this topic from now on");
    if (evidence.length === 0) return uninspected(record);
    const trail = textParameterOf(record, "name") ?? valueAt(record, "responseElements.trailARN");
    return { evidence, resources: resourcesOf("AWS::CloudTrail::Trail", trail) };
  },
  runbook: [
    "Compare the trail (aws cloudtrail describe-trails) with its definition in code, and set back what the evidence names.",
    "If bucket, topic or key changed, find out who can read the new one: log files may be leaving the account.",
    "Ask the actor for the change request; without one, look at what else they changed in the same session.",
  ],
  falsePositives: [
    "A move of the trail to another bucket, topic or key that is part of a change.",
    "The console sends the bucket's name with every edit: name the bucket in `logBuckets`.",
  ],
  references: [
    "https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_UpdateTrail.html",
    "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-validation-intro.html",
  ],
};

function isOwnTopic(topic: string, ownResources: string[]): boolean {
  return topic !== "" && ownResources.some((own) => own === topic || nameInArn(own) === nameInArn(topic));
}
