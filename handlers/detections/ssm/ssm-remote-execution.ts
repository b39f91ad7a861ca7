import { uninspected } from "../readers/uninspected";
import { fieldsOf } from "../../json";
import { type CloudTrailRecord, nameOf } from "../../cloudtrail/record";
import type { Detection } from "../detection";
import { evidenceAt, resourcesOf, valueAt } from "../readers/evidence";
import { isAutomation, isAwsService } from "../readers/principal";
import { nameInArn, objectsOf, textParameterOf, textsOf } from "../../cloudtrail/parameters";

/** Documents that run whatever they are given. */
const shells = ["AWS-RunPowerShellScript", "AWS-RunRemoteScript", "AWS-RunShellScript"];

export const ssmRemoteExecution: Detection = {
  id: "ssm-remote-execution",
  title: "Remote command or session on instances",
  severity: "medium",
  attack: { technique: "T1651" },
  tier: "core",
  noise: "changes",
  events: ["ssm:ResumeSession", "ssm:SendCommand", "ssm:StartSession"],
  remediation: "inverse",
  match(record, context) {
    // Maintenance windows, State Manager and other AWS services send commands for whoever set them up.
    if (isAutomation(record, context) || isAwsService(record)) return undefined;
    const document = nameInArn(textParameterOf(record, "documentName") ?? "");
    if (nameOf(record) === "SendCommand" && !shells.includes(document)) return uninspected(record);
    const instances = instancesOf(record);
    return {
      evidence: evidenceAt(
        record,
        "requestParameters.documentName",
        "requestParameters.target",
        "requestParameters.instanceIds",
        "requestParameters.targets",
        "responseElements.sessionId",
        "responseElements.command.commandId",
      ),
      resources: resourcesOf("AWS::EC2::Instance", ...instances),
      ...(instances.length > 1 || isByTag(record) ? { severity: "high" } : {}),
    };
  },
  runbook: [
    "Ask the actor what they ran; read the command's output in Systems Manager or the session's log.",
    "End the session (TerminateSession) or cancel the command if they cannot say, and isolate the instances.",
    "Look at what the instances' roles did since then: a command runs as root and can take their credentials.",
  ],
  falsePositives: [
    "Operators at work. Name roles that do this daily in `automation`, so that only others are reported.",
  ],
  references: [
    "https://docs.aws.amazon.com/systems-manager/latest/userguide/run-command.html",
    "https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager.html",
    "https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_CancelCommand.html",
  ],
};

function instancesOf(record: CloudTrailRecord): string[] {
  const request = fieldsOf(record.requestParameters);
  const targeted = objectsOf(request.targets)
    .filter(({ key }) => key === "InstanceIds")
    .flatMap(({ values }) => textsOf(values));
  const listed = textsOf(request.instanceIds);
  const answered = textsOf(valueAt(record, "responseElements.command.instanceIds"));
  return [...new Set([...textsOf(request.target), ...listed, ...targeted, ...answered])];
}

/** Targets by tag or resource group: however many there are. */
function isByTag(record: CloudTrailRecord): boolean {
  return objectsOf(valueAt(record, "requestParameters.targets")).some(({ key }) => key !== "InstanceIds");
}
