import type { Detection } from "../detection";
import { requestOf } from "../../cloudtrail/parameters";
import { nameOf } from "../../cloudtrail/record";
import { calledByHand, named } from "../readers/by-hand";
import { uninspected } from "../readers/uninspected";

export const codebuildProjectCreated: Detection = {
  id: "codebuild-project-created",
  title: "Build project or source created, or build of other code started",
  severity: "low",
  attack: { technique: "T1648" },
  tier: "extended",
  noise: "work",
  events: [
    "codebuild:CreateProject",
    "codebuild:CreateWebhook",
    "codebuild:ImportSourceCredentials",
    "codebuild:StartBuild",
    "codebuild:StartBuildBatch",
    "codebuild:UpdateProject",
    "codebuild:UpdateWebhook",
    "codecommit:CreateRepository",
    "codeconnections:CreateConnection",
    "codestar-connections:CreateConnection",
  ],
  remediation: "alert",
  novel: { days: 30, learning: 14 },
  match(record, context) {
    const overrides = Object.keys(requestOf(record)).filter((name) =>
      /^(?:source|buildspec|image|environmentVariables|serviceRole)\w*Override$/.test(name),
    );
    // Building the project's own code is daily work.
    if (nameOf(record).startsWith("StartBuild") && overrides.length === 0) return uninspected(record);
    return calledByHand(
      record,
      context,
      [
        "name",
        "projectName",
        "repositoryName",
        "serviceRole",
        "source",
        "environment",
        "serverType",
        ...overrides.slice(0, 10),
      ],
      named(record, "AWS::CodeBuild::Project", "name", "projectName"),
    );
  },
  runbook: [
    "Ask the actor what is built there, from whose source: a build runs any code with the permissions of the project's role.",
    "Stop the build (StopBuild) and delete the project if nobody can explain it.",
    "Look at what the project's role did, and at the cost of the builds in every region.",
  ],
  falsePositives: ["A new pipeline, and a developer trying a branch by hand."],
  references: [
    "https://docs.aws.amazon.com/codebuild/latest/APIReference/API_CreateProject.html",
    "https://docs.aws.amazon.com/codebuild/latest/APIReference/API_StartBuild.html",
  ],
};
