import { inOrder, remediationClasses } from "../../cli/catalogue";
import { detections } from "../../handlers/detections/index";
import { remediations } from "../../handlers/remediations/index";
import type { Remediation } from "../../handlers/remediations/remediation";
import { deployable, scenarios } from "../../test/e2e/remediations/scenarios/index";
import { table } from "./markdown";

/** Where a remediation is proven, the strongest first. */
export const proofs = {
  "deployed function":
    "attacked on embedded AWS, found in CloudTrail's log file, fixed by the function as it is deployed and with its role, taken back by `cloudtrailer rollback`",
  "embedded AWS":
    "attacked, fixed and taken back on embedded AWS by the same code, with the role's permissions for it and no others",
  moto: "the same on moto's server, which has services that MiniStack lacks, but no permissions",
  "service model":
    "each of its calls is checked against botocore's model of the service: names, required members, types",
} as const;

export type Proof = keyof typeof proofs;

/** Where the remediation of a detection is proven. */
export function proofOf(id: string): Proof {
  const has = (list: { id: string }[]) => list.some((one) => one.id === id);
  if (has(deployable)) return "deployed function";
  if (has(scenarios.ministack)) return "embedded AWS";
  return has(scenarios.moto) ? "moto" : "service model";
}

/** What neither a fix nor its receipt brings back. */
export const notBroughtBack: Record<string, string> = {
  "cloudtrail-trail-deleted": "what nobody recorded in between",
  "config-recorder-or-channel-deleted": "evaluations that a rule had made",
  "dns-query-logging-deleted": "the VPCs and tags of a deleted configuration",
  "eventbridge-rule-disabled": "tags of a deleted rule",
  "iam-inline-admin-policy": "an overwritten policy that granted administrator rights, or was never seen",
  "iam-login-profile-created": "the password that the event set",
  "iam-own-login-profile-created": "the password that the event set",
  "iam-login-profile-updated": "the password of before the event",
  "macie-disabled": "what Macie had found",
  "org-policy-detached": "attachments that AWS took off when a type of policies was disabled",
  "rds-activity-stream-stopped": "what happened while no stream was on",
  "rds-backups-disabled": "backups that RDS deleted with the change",
  "s3-bucket-encryption-foreign-key": "what was written in between stays under the other account's key",
  "s3-replication-deleted": "copies of what was written in between",
  "securityhub-disabled": "states of controls, and the link to an administrator account",
  "ssm-remote-execution": "the session or the command that was ended",
  "vpc-flow-logs-deleted": "the id of the flow log; traffic that nobody logged",
};

/** What the receipts of a class bring back. */
const receipts: Record<string, string> = {
  inverse: "what the event did",
  "read-modify": "what the event put there",
  baseline: "how the event left it",
  contain: "what the fix shut",
};

/** Those whose plans have no rollback. */
export const withoutReceipt = [
  "iam-login-profile-created",
  "iam-own-login-profile-created",
  "ssm-remote-execution",
];

/** docs/remediations.md: every remediation, and where it is proven. */
export function remediationsPage(): string {
  const fixable = inOrder(detections).flatMap((detection) => {
    const remediation = remediations.find(({ id }) => id === detection.id);
    return remediation === undefined ? [] : [{ detection, remediation }];
  });
  const proven = (proof: Proof) => fixable.filter(({ detection: { id } }) => proofOf(id) === proof);
  return `# Remediations

<!-- Made from handlers/remediations/ and test/e2e/remediations/scenarios/ by \`npm run docs\`. -->

${remediations.length} of ${detections.length} detections have a remediation; the others are told. What each may do in AWS:
[permissions](permissions.md). What has to be true before one is made: [safety](safety.md).

${table(
  ["class", "what it means", "remediations"],
  Object.entries(remediationClasses).flatMap(([name, meaning]) => {
    const count = fixable.filter(({ detection }) => detection.remediation === name).length;
    return count === 0 ? [] : [[`\`${name}\``, meaning, String(count)]];
  }),
)}

## Where they are proven

No test of this project runs in AWS. The strongest proof of each remediation is this:

${table(
  ["proven on", "how", "remediations"],
  Object.entries(proofs).map(([proof, how]) => [proof, how, String(proven(proof as Proof).length)]),
)}

Embedded AWS is MiniStack. In all but the last, an attacker's call is made with a user's own keys and recorded, and the
finding is made from the record. The state of what is attacked and of its neighbours, as the services tell it, is compared
with that of before once it is fixed (where the class is not \`contain\`), and with that of after the attack once the receipt
has been made. A scenario can be weaker than the remediation: what it does is in test/e2e/remediations/scenarios/.

## All of them

A receipt brings back what the fix took away; the last column has what nothing does.

${table(
  ["detection", "class", "reads", "calls", "baselines", "receipt brings back", "proven on", "stays lost"],
  fixable.map(({ detection: { id, remediation: kind }, remediation }) => [
    `[\`${id}\`](detections.md#${id})`,
    kind,
    operations(remediation.reads),
    operations(remediation.writes),
    (remediation.baselines ?? []).join(", "),
    withoutReceipt.includes(id) ? "nothing" : (receipts[kind] ?? ""),
    proofOf(id),
    notBroughtBack[id] ?? "",
  ]),
)}
`;
}

/** IAM's names of what is called. */
function operations(permissions: Remediation["reads"]): string {
  return [...permissions]
    .sort()
    .map((permission) => `\`${permission}\``)
    .join(", ");
}
