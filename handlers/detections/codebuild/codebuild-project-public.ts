import { uninspected } from "../readers/uninspected";
import type { Detection } from "../detection";
import { evidenceAt, resourcesOf, valueAt } from "../readers/evidence";

export const codebuildProjectPublic: Detection = {
  id: "codebuild-project-public",
  title: "CodeBuild project made public",
  severity: "high",
  attack: { technique: "T1567" },
  tier: "core",
  noise: "rare",
  events: ["codebuild:UpdateProjectVisibility"],
  remediation: "inverse",
  match(record) {
    if (valueAt(record, "requestParameters.projectVisibility") !== "PUBLIC_READ") return uninspected(record);
    return {
      evidence: evidenceAt(
        record,
        "requestParameters.projectVisibility",
        "responseElements.publicProjectAlias",
        "requestParameters.resourceAccessRole",
      ),
      resources: resourcesOf("AWS::CodeBuild::Project", valueAt(record, "requestParameters.projectArn")),
    };
  },
  runbook: [
    "Set the project to PRIVATE unless it is an open-source project that is public intentionally.",
    "Read the logs of the latest builds as a stranger would: environment variables, tokens and internal addresses in them are now public, in old builds, too.",
    "Rotate every secret that a log shows, and look at what resourceAccessRole lets a visitor read.",
  ],
  falsePositives: ["Open-source projects with intentionally public builds."],
  references: [
    "https://docs.aws.amazon.com/codebuild/latest/userguide/public-builds.html",
    "https://docs.aws.amazon.com/codebuild/latest/APIReference/API_UpdateProjectVisibility.html",
  ],
};
