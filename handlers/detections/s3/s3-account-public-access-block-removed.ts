import { uninspected } from "../readers/uninspected";
import { nameOf } from "../../cloudtrail/record";
import type { Detection } from "../detection";
import { evidenceAt } from "../readers/evidence";
import { openedFlags } from "../readers/public-access-block";

export const s3AccountPublicAccessBlockRemoved: Detection = {
  id: "s3-account-public-access-block-removed",
  title: "Account public access block removed",
  severity: "critical",
  attack: { technique: "T1530" },
  tier: "core",
  noise: "none",
  events: ["s3:DeleteAccountPublicAccessBlock", "s3:PutAccountPublicAccessBlock"],
  remediation: "inverse",
  match(record, context) {
    const resources = [{ type: "AWS::S3::AccountPublicAccessBlock", id: context.account }];
    if (nameOf(record) === "DeleteAccountPublicAccessBlock")
      return { evidence: evidenceAt(record, "eventName", "requestParameters.accountId"), resources };
    const evidence = openedFlags(record);
    return evidence.length === 0 ? uninspected(record) : { evidence, resources };
  },
  runbook: [
    "Block public access for the account again: it covers all its buckets, old and new.",
    "List the buckets whose own block is off and whose policy or ACL is public (IAM Access Analyzer shows them): those are open now.",
    "Ask why one bucket's need was met for the whole account, and move that bucket to its own account.",
  ],
  falsePositives: ["An account that exists to publish content, set up by its owners."],
  references: [
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/configuring-block-public-access-account.html",
    "https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_PutPublicAccessBlock.html",
  ],
};
