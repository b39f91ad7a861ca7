import { expectOutcome, expectPlan } from "../../../support/planning";
import { plannedFor } from "../support/attack";

describe("ec2-public-access-block-disabled", () => {
  const attack = (kind: "Image" | "Snapshot", live: object) =>
    plannedFor(
      "ec2-public-access-block-disabled",
      `ec2:Disable${kind}BlockPublicAccess`,
      { requestParameters: { [`Disable${kind}BlockPublicAccessRequest`]: "" } },
      { aws: { [`ec2:Get${kind}BlockPublicAccessState`]: live as never } },
    );

  it("blocks new public snapshots and images again", async () => {
    expectPlan(
      await attack("Snapshot", { State: "unblocked" }),
      [["EnableSnapshotBlockPublicAccess", { State: "block-new-sharing" }]],
      [["DisableSnapshotBlockPublicAccess", {}]],
    );
    expectPlan(
      await attack("Image", { ImageBlockPublicAccessState: "unblocked" }),
      [["EnableImageBlockPublicAccess", { ImageBlockPublicAccessState: "block-new-sharing" }]],
      [["DisableImageBlockPublicAccess", {}]],
    );
  });

  it("is already-ok when they are blocked", async () => {
    expectOutcome(await attack("Snapshot", { State: "block-all-sharing" }), "already-ok");
    expectOutcome(await attack("Image", { ImageBlockPublicAccessState: "block-new-sharing" }), "already-ok");
  });
});
