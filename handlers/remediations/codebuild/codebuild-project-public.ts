import { type CallAws, callsTo } from "../../aws/call";
import { fieldsOf, listOf, picked } from "../../json";
import type { Finding } from "../../detections/finding";
import type { Remediation } from "../remediation";
import { alreadyOk, requested } from "../support/outcomes";

/**
 * Makes the project private again. Anybody who read its builds, logs and artifacts in the meantime has them.
 *
 * Source: https://docs.aws.amazon.com/codebuild/latest/APIReference/API_UpdateProjectVisibility.html
 */
export const fixCodebuildProjectPublic: Remediation = {
  id: "codebuild-project-public",
  reads: ["codebuild:BatchGetProjects"],
  writes: ["codebuild:UpdateProjectVisibility"],
  async plan(finding: Finding, aws: CallAws) {
    const asked = requested(finding, ["projectArn"]);
    if ("outcome" in asked) return asked;
    const { projectArn } = asked.values;
    const call = callsTo("codebuild", finding.region);
    const answer = await aws(call("BatchGetProjects", { names: [projectArn] }));
    const [live] = listOf(answer.projects).map(fieldsOf);
    if (live === undefined) return alreadyOk(`the project ${projectArn} is gone`);
    if (live.projectVisibility !== "PUBLIC_READ") return alreadyOk(`the project ${projectArn} is private`);
    return {
      summary: `Make the project ${projectArn} private`,
      calls: [
        {
          ...call("UpdateProjectVisibility", { projectArn, projectVisibility: "PRIVATE" }),
          doneWhen: ["ResourceNotFoundException"],
        },
      ],
      rollback: [
        call("UpdateProjectVisibility", {
          projectArn,
          projectVisibility: "PUBLIC_READ",
          ...picked(live, ["resourceAccessRole"]),
        }),
      ],
    };
  },
};
