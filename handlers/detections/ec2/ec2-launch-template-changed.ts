import type { Detection } from "../detection";
import { calledByHand, named } from "../readers/by-hand";
import { unusualTypesIn } from "../readers/instance-types";

export const ec2LaunchTemplateChanged: Detection = {
  id: "ec2-launch-template-changed",
  title: "Launch template created or changed",
  severity: "low",
  attack: { technique: "T1578.002" },
  tier: "extended",
  noise: "work",
  events: ["ec2:CreateLaunchTemplate", "ec2:CreateLaunchTemplateVersion", "ec2:ModifyLaunchTemplate"],
  remediation: "alert",
  novel: { days: 30, learning: 14 },
  match(record, context) {
    const match = calledByHand(
      record,
      context,
      ["LaunchTemplateName", "LaunchTemplateId", "SetDefaultVersion", "DefaultVersion", "VersionDescription"],
      [...named(record, "AWS::EC2::LaunchTemplate", "LaunchTemplateId", "LaunchTemplateName")],
    );
    const unusual = unusualTypesIn(record);
    if (match && unusual.length > 0) {
      match.evidence.push(...unusual);
      match.severity = "high";
    }
    return match;
  },
  runbook: [
    "Ask the actor what will start from it; a changed template brings its user data, role and image to every new machine of a group.",
    "Compare the new version with the previous one, and restore that as the default if nobody can explain the change.",
    "Look in every region for more by the same actor, and check the day's cost.",
  ],
  falsePositives: ["A new deployment pipeline, and operators who change a template by hand."],
  references: [
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateLaunchTemplate.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateLaunchTemplateVersion.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyLaunchTemplate.html",
  ],
};
