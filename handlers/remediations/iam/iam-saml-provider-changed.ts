import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import { iamRegionOf } from "../../aws/regions";
import { listOf, textOf, picked } from "../../json";
import { nameOf } from "../../cloudtrail/record";
import { fieldOf, isRedacted, nameInArn, textParameterOf } from "../../cloudtrail/parameters";
import type { Finding } from "../../detections/finding";
import type { Remediation } from "../remediation";
import { alreadyOk, changedSince, iamGone, needsBaseline, refused } from "../support/outcomes";

/** Maximum length of a metadata document in a receipt, in characters: it must fit into the finding's 400 KB. */
const maxMetadata = 100_000;

/**
 * Deletes the SAML provider that the event created. Roles that trust it stay, but then trust nobody. The rollback recreates it
 * from the same metadata, under the same ARN. One with private keys, which IAM does not return, is left alone. The event does
 * not contain the previous state of an updated or deleted provider.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteSAMLProvider.html
 */
export const fixIamSamlProviderChanged: Remediation = {
  id: "iam-saml-provider-changed",
  reads: ["iam:GetSAMLProvider"],
  writes: ["iam:DeleteSAMLProvider"],
  async plan(finding: Finding, aws: CallAws) {
    const { record } = finding;
    if (nameOf(record) !== "CreateSAMLProvider")
      return needsBaseline(`the record of ${nameOf(record)} does not contain the previous metadata`);
    const SAMLProviderArn = textOf(fieldOf(record.responseElements, "sAMLProviderArn"));
    if (SAMLProviderArn === undefined) return refused("the record does not say which provider was created");
    const call = callsTo("iam", iamRegionOf(finding.region));
    const live = await unlessGone(aws(call("GetSAMLProvider", { SAMLProviderArn })), iamGone);
    if (live === undefined) return alreadyOk(`the SAML provider ${SAMLProviderArn} is gone`);
    const metadata = textOf(live.SAMLMetadataDocument);
    const given = textParameterOf(record, "sAMLMetadataDocument");
    if (metadata === undefined || metadata.length > maxMetadata)
      return refused(`the metadata of ${SAMLProviderArn} is too long to keep for the rollback`);
    if (given !== undefined && !isRedacted(given) && given !== metadata)
      return changedSince(`the metadata of ${SAMLProviderArn} was replaced`);
    if (listOf(live.PrivateKeyList).length > 0)
      return refused(`${SAMLProviderArn} has private keys, which could not be restored`);
    const tags = listOf(live.Tags);
    return {
      summary: `Delete the SAML provider ${SAMLProviderArn}`,
      calls: [call("DeleteSAMLProvider", { SAMLProviderArn }, { doneWhen: iamGone })],
      rollback: [
        call("CreateSAMLProvider", {
          Name: nameInArn(SAMLProviderArn),
          SAMLMetadataDocument: metadata,
          ...picked(live, ["AssertionEncryptionMode"]),
          ...(tags.length > 0 ? { Tags: tags } : {}),
        }),
      ],
    };
  },
};
