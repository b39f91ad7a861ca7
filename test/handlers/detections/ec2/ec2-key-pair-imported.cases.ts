import { call, type Cases } from "../support/cases";

export const cases: Cases = {
  hits: [
    {
      name: "a key",
      record: call(
        "ec2:ImportKeyPair",
        { keyName: "laptop", publicKeyMaterial: "c3NoLWVkMjU1MTk=" },
        {
          responseElements: {
            keyName: "laptop",
            keyPairId: "key-0a1b2c3d4e5f60718",
            keyFingerprint: "ab:cd",
          },
        },
      ),
      evidence: "responseElements.keyPairId",
      resources: ["key-0a1b2c3d4e5f60718"],
    },
    {
      name: "without a response",
      record: call("ec2:ImportKeyPair", { keyName: "laptop" }),
      resources: ["laptop"],
    },
  ],
  quiet: [{ name: "a key that EC2 makes", record: call("ec2:CreateKeyPair", { keyName: "laptop" }) }],
  everyCall: "each call brings in a key from outside",
};
