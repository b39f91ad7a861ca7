import { account } from "../../../support/factories";
import { expectOutcome, expectPlan } from "../../../support/planning";
import { plannedFor, region } from "../support/attack";

describe("codebuild-project-public", () => {
  const projectArn = `arn:aws:codebuild:${region}:${account}:project/site`;
  const resourceAccessRole = `arn:aws:iam::${account}:role/logs`;
  const attack = (...projects: object[]) =>
    plannedFor(
      "codebuild-project-public",
      "codebuild:UpdateProjectVisibility",
      { requestParameters: { projectArn, projectVisibility: "PUBLIC_READ", resourceAccessRole } },
      { aws: { "codebuild:BatchGetProjects": { projects } } },
    );

  it("makes it private, and would make it public with its role", async () => {
    expectPlan(
      await attack({ projectVisibility: "PUBLIC_READ", resourceAccessRole }),
      [["UpdateProjectVisibility", { projectArn, projectVisibility: "PRIVATE" }]],
      [["UpdateProjectVisibility", { projectArn, projectVisibility: "PUBLIC_READ", resourceAccessRole }]],
    );
  });

  it("is already-ok when it is private or gone", async () => {
    expectOutcome(await attack({ projectVisibility: "PRIVATE" }), "already-ok");
    expectOutcome(await attack(), "already-ok");
  });
});
