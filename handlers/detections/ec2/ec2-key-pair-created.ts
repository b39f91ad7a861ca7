import type { Detection } from "../detection";
import { calledByHand, named } from "../readers/by-hand";

export const ec2KeyPairCreated: Detection = {
  id: "ec2-key-pair-created",
  title: "EC2 key pair created",
  severity: "low",
  attack: { technique: "T1098.004" },
  tier: "extended",
  noise: "work",
  events: ["ec2:CreateKeyPair"],
  remediation: "inverse",
  novel: { days: 30, learning: 14 },
  match: (record, context) =>
    calledByHand(
      record,
      context,
      ["keyName", "keyType", "responseElements.keyPairId", "responseElements.keyFingerprint"],
      named(record, "AWS::EC2::KeyPair", "keyName"),
    ),
  runbook: [
    "Ask the actor which machines the key is for; the private key is shown once, to the caller.",
    "Delete the key pair if nobody can explain it: running instances keep the key in authorized_keys, where it must be removed by hand.",
    "List the instances launched with this key name since then.",
  ],
  falsePositives: ["A person setting up a machine, and image pipelines that create a key for each run."],
  references: [
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateKeyPair.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-key-pairs.html",
  ],
};
