import { type CallAws, callsTo } from "../../aws/call";
import type { Finding } from "../../detections/finding";
import type { Remediation } from "../remediation";
import { planBlocking } from "../support/restore-public-access-block";

/**
 * Blocks all public access to the account's buckets again, if the block is still as the event left it. The blocks of single
 * buckets stay as they are.
 *
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_PutPublicAccessBlock.html
 */
export const fixS3AccountPublicAccessBlockRemoved: Remediation = {
  id: "s3-account-public-access-block-removed",
  reads: ["s3:GetAccountPublicAccessBlock"],
  writes: ["s3:PutAccountPublicAccessBlock"],
  async plan(finding: Finding, aws: CallAws) {
    const call = callsTo("s3control", finding.region);
    return planBlocking(finding, aws, `the account ${finding.account}`, (operation, rest) =>
      // The record's own account, not the one in the request: the call succeeded, so they are the same.
      call(operation, { AccountId: finding.account, ...rest }),
    );
  },
};
