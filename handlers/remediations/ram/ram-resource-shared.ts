import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import { textsOf } from "../../cloudtrail/parameters";
import type { Finding } from "../../detections/finding";
import { fieldsOf, listOf, textOf } from "../../json";
import type { Remediation } from "../remediation";
import { alreadyOk, refused } from "../support/outcomes";

/**
 * Removes the principals that the event added and the detection names from the share; all others stay.
 *
 * Source: https://docs.aws.amazon.com/ram/latest/APIReference/API_DisassociateResourceShare.html
 */
export const fixRamResourceShared: Remediation = {
  id: "ram-resource-shared",
  reads: ["ram:GetResourceShareAssociations"],
  writes: ["ram:DisassociateResourceShare"],
  async plan({ record, region, match }: Finding, aws: CallAws) {
    const resourceShareArn =
      textOf(fieldsOf(record.requestParameters).resourceShareArn) ??
      textOf(fieldsOf(fieldsOf(record.responseElements).resourceShare).resourceShareArn);
    if (resourceShareArn === undefined) return refused("the record does not say which share it is");
    const call = callsTo("ram", region);
    const added = textsOf(match.evidence.map(({ value }) => value));
    const principals: string[] = [];
    for (const principal of added) {
      const answer = await unlessGone(
        aws(
          call("GetResourceShareAssociations", {
            associationType: "PRINCIPAL",
            resourceShareArns: [resourceShareArn],
            principal,
          }),
        ),
        ["UnknownResourceException"],
      );
      const isThere = listOf(answer?.resourceShareAssociations)
        .map(fieldsOf)
        .some(({ status }) => status === "ASSOCIATED" || status === "ASSOCIATING");
      if (isThere) principals.push(principal);
    }
    const what = `the resource share ${resourceShareArn}`;
    if (principals.length === 0) return alreadyOk(`${what} is shared with nobody that the event added`);
    return {
      summary: `Remove ${principals.join(", ")} from ${what}`,
      calls: [
        {
          ...call("DisassociateResourceShare", { resourceShareArn, principals }),
          doneWhen: ["UnknownResourceException"],
        },
      ],
      rollback: [call("AssociateResourceShare", { resourceShareArn, principals })],
    };
  },
};
