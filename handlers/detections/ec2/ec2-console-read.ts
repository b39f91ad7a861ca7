import type { Detection } from "../detection";
import { calledByHand, named } from "../readers/by-hand";
import { resourcesOf, valueAt } from "../readers/evidence";

export const ec2ConsoleRead: Detection = {
  id: "ec2-console-read",
  title: "Instance console output read",
  severity: "low",
  attack: { technique: "T1580" },
  tier: "extended",
  noise: "work",
  events: ["ec2:GetConsoleOutput", "ec2:GetConsoleScreenshot"],
  remediation: "alert",
  novel: { days: 30, learning: 14 },
  match: (record, context) =>
    calledByHand(
      record,
      context,
      ["instanceId"],
      [
        ...named(record, "AWS::EC2::Instance", "instanceId"),
        ...resourcesOf(
          "AWS::EC2::Instance",
          valueAt(record, "requestParameters.GetConsoleScreenshotRequest.InstanceId"),
        ),
      ],
    ),
  runbook: [
    "Ask the actor what they were troubleshooting; boot output contains host keys and sometimes passwords.",
    "Look at what else they did with the instance: passwords, user data, the serial console.",
    "Rotate the secrets that the output shows if there is no explanation.",
  ],
  falsePositives: ["An operator finding out why an instance does not start."],
  references: [
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetConsoleOutput.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetConsoleScreenshot.html",
  ],
};
