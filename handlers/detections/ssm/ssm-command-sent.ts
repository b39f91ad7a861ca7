import type { Detection } from "../detection";
import { nameInArn, parameterOf, textParameterOf, textsOf } from "../../cloudtrail/parameters";
import { calledByHand, named } from "../readers/by-hand";
import { resourcesOf } from "../readers/evidence";
import { accountIn, isForeign } from "../readers/principal";

/** Documents that run whatever they are given. */
const shells = ["AWS-RunPowerShellScript", "AWS-RunRemoteScript", "AWS-RunShellScript"];

export const ssmCommandSent: Detection = {
  id: "ssm-command-sent",
  title: "Document run on instances or in the account",
  severity: "low",
  attack: { technique: "T1651" },
  tier: "extended",
  noise: "work",
  events: ["ssm:SendCommand", "ssm:StartAutomationExecution"],
  remediation: "alert",
  novel: { days: 30, learning: 14 },
  match(record, context) {
    const document = textParameterOf(record, "documentName") ?? "";
    // ssm-remote-execution reports shell commands, each time.
    if (shells.includes(nameInArn(document))) return undefined;
    const match = calledByHand(
      record,
      context,
      [
        "documentName",
        "instanceIds",
        "targets",
        "targetLocations",
        "responseElements.command.commandId",
        "responseElements.automationExecutionId",
      ],
      [
        ...named(record, "AWS::SSM::Document", "documentName"),
        ...resourcesOf("AWS::EC2::Instance", ...textsOf(parameterOf(record, "instanceIds"))),
      ],
    );
    if (match === undefined || /^(?:AWS|Amazon)[A-Z-]/.test(nameInArn(document))) return match;
    match.severity = isForeign(accountIn(document), context) ? "high" : "medium";
    return match;
  },
  runbook: [
    "Ask the actor what the document does; read it, and the command's output in Systems Manager.",
    "Cancel it (CancelCommand, StopAutomationExecution) if nobody can explain it, and isolate the instances.",
    "Find out who created or changed the document (CreateDocument, UpdateDocument), and when.",
  ],
  falsePositives: ["An operator running a document for the first time."],
  references: [
    "https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_SendCommand.html",
    "https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_StartAutomationExecution.html",
    "https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_CancelCommand.html",
  ],
};
