import { expectOutcome, expectPlan, failing } from "../../../support/planning";
import { plannedFor } from "../support/attack";

describe("ec2-key-pair-created", () => {
  const attack = (live: unknown, responseElements: unknown = { keyPairId: "key-0a1b2c3d" }) =>
    plannedFor(
      "ec2-key-pair-created",
      "ec2:CreateKeyPair",
      { requestParameters: { keyName: "laptop" }, responseElements },
      { aws: { "ec2:DescribeKeyPairs": live as never } },
    );

  it("deletes the key pair, and would import its public half", async () => {
    const PublicKey = "ssh-ed25519 AAAA laptop";
    expectPlan(
      await attack({ KeyPairs: [{ KeyPairId: "key-0a1b2c3d", KeyName: "laptop", PublicKey }] }),
      [["DeleteKeyPair", { KeyPairId: "key-0a1b2c3d" }]],
      [
        [
          "ImportKeyPair",
          { KeyName: "laptop", PublicKeyMaterial: Buffer.from(PublicKey).toString("base64") },
        ],
      ],
    );
  });

  it("is already-ok when it is gone, and refused without its ID", async () => {
    expectOutcome(await attack(failing("InvalidKeyPair.NotFound")), "already-ok");
    expectOutcome(await attack({}, null), "refused");
  });
});
