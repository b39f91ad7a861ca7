import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import { iamRegionOf } from "../../aws/regions";
import { listOf, plainTextOf, textOf, sameJson } from "../../json";
import { fieldOf, parameterOf, textsOf } from "../../cloudtrail/parameters";
import type { Finding } from "../../detections/finding";
import type { Remediation } from "../remediation";
import { alreadyOk, changedSince, iamGone, refused } from "../support/outcomes";

/**
 * Deletes the OIDC provider that the event created. Roles that trust it stay, but then trust nobody. The rollback recreates it
 * under the same ARN.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteOpenIDConnectProvider.html
 */
export const fixIamOidcProviderCreated: Remediation = {
  id: "iam-oidc-provider-created",
  reads: ["iam:GetOpenIDConnectProvider"],
  writes: ["iam:DeleteOpenIDConnectProvider"],
  async plan(finding: Finding, aws: CallAws) {
    const { record } = finding;
    const OpenIDConnectProviderArn = textOf(fieldOf(record.responseElements, "openIDConnectProviderArn"));
    if (OpenIDConnectProviderArn === undefined)
      return refused("the record does not say which provider was created");
    const call = callsTo("iam", iamRegionOf(finding.region));
    const input = { OpenIDConnectProviderArn };
    const live = await unlessGone(aws(call("GetOpenIDConnectProvider", input)), iamGone);
    if (live === undefined) return alreadyOk(`the OIDC provider ${OpenIDConnectProviderArn} is gone`);
    const asked = textsOf(parameterOf(record, "clientIDList")).sort();
    const ClientIDList = textsOf(live.ClientIDList);
    if (!sameJson(asked, [...ClientIDList].sort()))
      return changedSince(`the OIDC provider ${OpenIDConnectProviderArn} now has other clients`);
    const url = plainTextOf(live.Url);
    const tags = listOf(live.Tags);
    return {
      summary: `Delete the OIDC provider ${OpenIDConnectProviderArn}`,
      calls: [call("DeleteOpenIDConnectProvider", input, { doneWhen: iamGone })],
      rollback: [
        call("CreateOpenIDConnectProvider", {
          // IAM takes the URL with its scheme, but returns it without.
          Url: url.startsWith("https://") ? url : `https://${url}`,
          ClientIDList,
          ThumbprintList: textsOf(live.ThumbprintList),
          ...(tags.length > 0 ? { Tags: tags } : {}),
        }),
      ],
    };
  },
};
