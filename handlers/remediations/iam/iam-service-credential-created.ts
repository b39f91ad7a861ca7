import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import { nameOf } from "../../cloudtrail/record";
import type { Finding } from "../../detections/finding";
import { fieldsOf, listOf, textOf } from "../../json";
import type { Remediation } from "../remediation";
import { iamRegionOf } from "../../aws/regions";
import { alreadyOk, iamGone, refused } from "../support/outcomes";

/** One kind of credential: its names in the record and in the API. */
interface Kind {
  /** In the event's name. */
  name: string;
  /** The response's member of a new one, and its ID there. */
  created: string;
  id: string;
  /** The API's operations and members. */
  list: string;
  listed: string;
  update: string;
  member: string;
}

const kinds: Kind[] = [
  {
    name: "ServiceSpecificCredential",
    created: "serviceSpecificCredential",
    id: "serviceSpecificCredentialId",
    list: "ListServiceSpecificCredentials",
    listed: "ServiceSpecificCredentials",
    update: "UpdateServiceSpecificCredential",
    member: "ServiceSpecificCredentialId",
  },
  {
    name: "SSHPublicKey",
    created: "sSHPublicKey",
    id: "sSHPublicKeyId",
    list: "ListSSHPublicKeys",
    listed: "SSHPublicKeys",
    update: "UpdateSSHPublicKey",
    member: "SSHPublicKeyId",
  },
  {
    name: "SigningCertificate",
    created: "certificate",
    id: "certificateId",
    list: "ListSigningCertificates",
    listed: "Certificates",
    update: "UpdateSigningCertificate",
    member: "CertificateId",
  },
];

/**
 * Deactivates the credential; never deletes it, so that a mistake costs one call.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateServiceSpecificCredential.html
 */
export const fixIamServiceCredentialCreated: Remediation = {
  id: "iam-service-credential-created",
  reads: kinds.map(({ list }) => `iam:${list}`),
  writes: kinds.map(({ update }) => `iam:${update}`),
  async plan({ record, region }: Finding, aws: CallAws) {
    const kind = kinds.find(({ name }) => nameOf(record).endsWith(name));
    if (kind === undefined) return refused("the record is about another kind of credential");
    const request = fieldsOf(record.requestParameters);
    const created = fieldsOf(fieldsOf(record.responseElements)[kind.created]);
    const id = textOf(created[kind.id]) ?? textOf(request[kind.id]);
    const UserName =
      textOf(created.userName) ?? textOf(request.userName) ?? textOf(fieldsOf(record.userIdentity).userName);
    if (id === undefined || UserName === undefined)
      return refused("the record does not say which credential it is, or whose");
    const call = callsTo("iam", iamRegionOf(region));
    const answer = await unlessGone(aws(call(kind.list, { UserName })), iamGone);
    const live = listOf(answer?.[kind.listed])
      .map(fieldsOf)
      .find((one) => one[kind.member] === id);
    if (live === undefined) return alreadyOk(`the credential ${id} of ${UserName} is gone`);
    if (live.Status !== "Active") return alreadyOk(`the credential ${id} of ${UserName} is inactive`);
    const set = (Status: string) => call(kind.update, { UserName, [kind.member]: id, Status });
    return {
      summary: `Deactivate the credential ${id} of the user ${UserName}`,
      calls: [{ ...set("Inactive"), doneWhen: iamGone }],
      rollback: [set("Active")],
    };
  },
};
