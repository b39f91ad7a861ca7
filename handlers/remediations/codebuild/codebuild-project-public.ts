import { fieldsOf, listOf } from "../../cloudtrail/record";
import type { Finding } from "../../detections/finding";
import type { CallAws, Remediation } from "../remediation";
import { alreadyOk, callsTo, picked, requested } from "../support/outcomes";

/**
 * Makes the project private again. Whoever read its builds, logs and artifacts in between has them.
 *
 * Source: https://docs.aws.amazon.com/codebuild/latest/APIReference/API_UpdateProjectVisibility.html
 */
export const undoCodebuildProjectPublic: Remediation = {
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
      undo: [
        call("UpdateProjectVisibility", {
          projectArn,
          projectVisibility: "PUBLIC_READ",
          ...picked(live, ["resourceAccessRole"]),
        }),
      ],
    };
  },
};
