import type { Detection } from "../detection";
import { calledByHand, named } from "../readers/by-hand";

export const ecsCommandExecuted: Detection = {
  id: "ecs-command-executed",
  title: "Command run in a container",
  severity: "medium",
  attack: { technique: "T1609" },
  tier: "extended",
  noise: "work",
  events: ["ecs:ExecuteCommand"],
  remediation: "alert",
  novel: { days: 30, learning: 14 },
  match: (record, context) =>
    calledByHand(
      record,
      context,
      ["cluster", "task", "container", "command", "interactive"],
      [...named(record, "AWS::ECS::Task", "task"), ...named(record, "AWS::ECS::Cluster", "cluster")],
    ),
  runbook: [
    "Ask the actor what they ran; read the session's log if ECS Exec writes one.",
    "Stop the task if they cannot say: a shell in it has the permissions of the task's role.",
    "Look at what that role did since then.",
  ],
  falsePositives: ["Developers debugging with ECS Exec for the first time."],
  references: [
    "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ExecuteCommand.html",
    "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html",
  ],
};
