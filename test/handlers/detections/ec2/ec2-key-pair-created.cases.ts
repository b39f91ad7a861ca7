import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "a key",
    record: call(
      "ec2:CreateKeyPair",
      { keyName: "laptop", keyType: "ed25519" },
      {
        responseElements: { keyName: "laptop", keyPairId: "key-0a1b2c3d4e5f60718", keyFingerprint: "aa:bb" },
      },
    ),
    evidence: "responseElements.keyPairId",
    resources: ["laptop"],
  },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
