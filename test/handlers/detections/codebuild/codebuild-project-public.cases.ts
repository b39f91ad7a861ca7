import { account, call, type Cases } from "../support/cases";

const projectArn = `arn:aws:codebuild:eu-west-1:${account}:project/shop`;

export const cases: Cases = {
  hits: [
    {
      name: "public",
      record: call(
        "codebuild:UpdateProjectVisibility",
        {
          projectArn,
          projectVisibility: "PUBLIC_READ",
          resourceAccessRole: `arn:aws:iam::${account}:role/logs`,
        },
        { responseElements: { projectArn, publicProjectAlias: "alias", projectVisibility: "PUBLIC_READ" } },
      ),
      evidence: "requestParameters.projectVisibility",
      resources: [projectArn],
    },
    {
      name: "parameters omitted",
      record: call("codebuild:UpdateProjectVisibility", {
        omitted: true,
        reason: "requestParameters too large",
      }),
      couldNotInspect: true,
    },
  ],
  quiet: [
    {
      name: "private",
      record: call("codebuild:UpdateProjectVisibility", { projectArn, projectVisibility: "PRIVATE" }),
    },
  ],
};
