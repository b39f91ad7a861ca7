import { expectOutcome, expectPlan, failing } from "../../../support/planning";
import { plannedFor } from "../support/attack";

describe("ec2-key-pair-imported", () => {
  const KeyPairId = "key-0123456789abcdef0";
  const attack = (live: unknown) =>
    plannedFor(
      "ec2-key-pair-imported",
      "ec2:ImportKeyPair",
      { requestParameters: { keyName: "ops" }, responseElements: { keyName: "ops", keyPairId: KeyPairId } },
      { aws: { "ec2:DescribeKeyPairs": live as never } },
    );

  it("deletes it by its id, and would import its public key again", async () => {
    const PublicKey = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEXAMPLE mallory";
    expectPlan(
      await attack({ KeyPairs: [{ KeyPairId, KeyName: "ops", PublicKey, Tags: [] }] }),
      [["DeleteKeyPair", { KeyPairId }]],
      [["ImportKeyPair", { KeyName: "ops", PublicKeyMaterial: Buffer.from(PublicKey).toString("base64") }]],
    );
  });

  it("is already-ok when it is gone", async () => {
    expectOutcome(await attack(failing("InvalidKeyPair.NotFound")), "already-ok");
  });
});
