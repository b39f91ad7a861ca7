import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import { fieldsOf, listOf, plainTextOf, textOf } from "../../json";
import type { Finding } from "../../detections/finding";
import type { Remediation } from "../remediation";
import { tagsFor } from "./ec2-tags";
import { alreadyOk, refused } from "./outcomes";

/**
 * Deletes the key pair that the event created, by its ID. Instances launched with it keep the key. The rollback imports its
 * public key under another ID: whoever has the private key can then use it again.
 *
 * Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteKeyPair.html
 */
export function deleteKeyPair(id: string): Remediation {
  return {
    id,
    reads: ["ec2:DescribeKeyPairs"],
    writes: ["ec2:DeleteKeyPair"],
    async plan({ record, region }: Finding, aws: CallAws) {
      const KeyPairId = textOf(fieldsOf(record.responseElements).keyPairId);
      if (KeyPairId === undefined) return refused("the record does not contain responseElements.keyPairId");
      const call = callsTo("ec2", region);
      const gone = ["InvalidKeyPair.NotFound", "InvalidKeyPairId.NotFound"];
      const answer = await unlessGone(
        aws(call("DescribeKeyPairs", { KeyPairIds: [KeyPairId], IncludePublicKey: true })),
        gone,
      );
      const [live] = listOf(answer?.KeyPairs).map(fieldsOf);
      if (live === undefined) return alreadyOk(`the key pair ${KeyPairId} is gone`);
      return {
        summary: `Delete the key pair ${KeyPairId} (${plainTextOf(live.KeyName)})`,
        calls: [{ ...call("DeleteKeyPair", { KeyPairId }), doneWhen: gone }],
        rollback: [
          {
            ...call("ImportKeyPair", {
              KeyName: live.KeyName,
              PublicKeyMaterial: Buffer.from(plainTextOf(live.PublicKey)).toString("base64"),
              ...tagsFor("key-pair", live.Tags),
            }),
            bytes: ["PublicKeyMaterial"],
          },
        ],
      };
    },
  };
}
