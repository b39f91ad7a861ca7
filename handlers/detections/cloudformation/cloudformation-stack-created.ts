import type { Detection } from "../detection";
import { textParameterOf } from "../../cloudtrail/parameters";
import { nameOf } from "../../cloudtrail/record";
import { calledByHand, named } from "../readers/by-hand";

export const cloudformationStackCreated: Detection = {
  id: "cloudformation-stack-created",
  title: "CloudFormation stack created",
  severity: "low",
  attack: { technique: "T1578.002" },
  tier: "extended",
  noise: "work",
  events: [
    "cloudformation:CreateStack",
    "cloudformation:CreateStackInstances",
    "cloudformation:CreateStackSet",
  ],
  remediation: "alert",
  novel: { days: 30, learning: 14 },
  match(record, context) {
    const match = calledByHand(
      record,
      context,
      [
        "stackName",
        "stackSetName",
        "templateURL",
        "capabilities",
        "roleARN",
        "accounts",
        "deploymentTargets",
      ],
      named(record, "AWS::CloudFormation::Stack", "stackName", "stackSetName"),
    );
    // What it makes is called by CloudFormation, so that this is the one call by hand.
    if (match && (textParameterOf(record, "roleARN") || nameOf(record) !== "CreateStack"))
      match.severity = "medium";
    return match;
  },
  runbook: [
    "Ask the actor for the template: it makes whatever it says, with the rights of the actor or of the role that was given.",
    "Look at the stack's resources, above all at roles, users and functions; delete the stack if nobody knows it.",
    "For stack sets, look at every account and region that it went to.",
  ],
  falsePositives: ["A person who deploys by hand for the first time."],
  references: [
    "https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html",
    "https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStackSet.html",
  ],
};
