import type { Detection } from "../detection";
import { evidenceAt, resourcesOf } from "../readers/evidence";
import { textParameterOf } from "../../cloudtrail/parameters";
import { isOwnTrail } from "../readers/trail";

export const cloudtrailLoggingStopped: Detection = {
  id: "cloudtrail-logging-stopped",
  title: "CloudTrail logging stopped",
  severity: "critical",
  attack: { technique: "T1685.002", before: "T1562.008" },
  tier: "core",
  noise: "none",
  events: ["cloudtrail:StopLogging"],
  remediation: "inverse",
  match(record, context) {
    const name = textParameterOf(record, "name");
    const evidence = evidenceAt(record, "requestParameters.name");
    if (isOwnTrail(name, context))
      evidence.push({ parameter: "trail", value: name, why: "feeds this system" });
    return { evidence, resources: resourcesOf("AWS::CloudTrail::Trail", name) };
  },
  runbook: [
    "Start logging again (aws cloudtrail start-logging --name <trail>) in the trail's home region, and check with get-trail-status that files arrive.",
    "List what the actor did in the hours before and, from CloudTrail's event history, while the trail was silent: event history does not need a trail.",
    "If nobody planned it, disable the actor's keys and sessions, and deny cloudtrail:StopLogging to everyone with a service control policy.",
  ],
  falsePositives: ["A trail that is retired after another one has taken over."],
  references: [
    "https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_StopLogging.html",
    "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/best-practices-security.html",
  ],
};
