import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import { textsOf } from "../../cloudtrail/parameters";
import type { Finding } from "../../detections/finding";
import { listOf, plainTextOf } from "../../json";
import type { Remediation } from "../remediation";
import { alreadyOk, requested } from "../support/outcomes";

/**
 * Stops sharing the document with those that the event added and the detection names; all others stay.
 *
 * Source: https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_ModifyDocumentPermission.html
 */
export const fixSsmDocumentShared: Remediation = {
  id: "ssm-document-shared",
  reads: ["ssm:DescribeDocumentPermission"],
  writes: ["ssm:ModifyDocumentPermission"],
  async plan(finding: Finding, aws: CallAws) {
    const asked = requested(finding, ["name"]);
    if ("outcome" in asked) return asked;
    const document = { Name: asked.values.name, PermissionType: "Share" };
    const call = callsTo("ssm", finding.region);
    const gone = ["InvalidDocument"];
    const answer = await unlessGone(aws(call("DescribeDocumentPermission", document)), gone);
    const live = listOf(answer?.AccountIds).map(plainTextOf);
    const added = textsOf(finding.match.evidence.map(({ value }) => value));
    const accounts = added.filter(
      (account) => live.includes(account) || live.includes(account.toLowerCase()),
    );
    const what = `the document ${document.Name}`;
    if (accounts.length === 0) return alreadyOk(`${what} is shared with nobody that the event added`);
    return {
      summary: `Stop sharing ${what} with ${accounts.join(", ")}`,
      calls: [
        {
          ...call("ModifyDocumentPermission", { ...document, AccountIdsToRemove: accounts }),
          doneWhen: gone,
        },
      ],
      rollback: [call("ModifyDocumentPermission", { ...document, AccountIdsToAdd: accounts })],
    };
  },
};
