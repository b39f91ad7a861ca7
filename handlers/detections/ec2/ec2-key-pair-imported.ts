import type { Detection } from "../detection";
import { evidenceAt, resourcesOf, valueAt } from "../readers/evidence";

export const ec2KeyPairImported: Detection = {
  id: "ec2-key-pair-imported",
  title: "EC2 key pair imported",
  severity: "medium",
  attack: { technique: "T1098" },
  tier: "extended",
  noise: "rare",
  events: ["ec2:ImportKeyPair"],
  remediation: "inverse",
  match(record) {
    return {
      evidence: evidenceAt(
        record,
        "requestParameters.keyName",
        "responseElements.keyPairId",
        "responseElements.keyFingerprint",
      ),
      resources: resourcesOf(
        "AWS::EC2::KeyPair",
        valueAt(record, "responseElements.keyPairId") ?? valueAt(record, "requestParameters.keyName"),
      ),
    };
  },
  runbook: [
    "Ask the actor who has the private key; compare the fingerprint with the keys that your team uses.",
    "Delete the key pair if nobody can explain it: running instances keep the key in authorized_keys, where it must be removed by hand.",
    "List the instances launched with this key name since the import.",
  ],
  falsePositives: [
    "New engineers who bring their own key; infrastructure as code that imports a team's public key.",
  ],
  references: [
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-key-pairs.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ImportKeyPair.html",
  ],
};
