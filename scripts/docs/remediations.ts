import { inOrder, remediationClasses } from "../../cli/catalogue";
import { detections } from "../../handlers/detections/index";
import { remediations } from "../../handlers/remediations/index";
import type { Remediation } from "../../handlers/remediations/remediation";
import { deployable, scenarios } from "../../test/e2e/remediations/scenarios/index";
import { table } from "./markdown";

/** Where a remediation is proven, strongest first. */
export const proofs = {
  "deployed function":
    "attacked on embedded AWS, found in CloudTrail's log file, fixed by the deployed function with its own role, rolled back by `cloudtrailer rollback`",
  "embedded AWS":
    "attacked, fixed and rolled back on embedded AWS by the same code, with only the role's permissions for this remediation",
  moto: "the same on moto's server, which has services that MiniStack lacks, but does not enforce permissions",
  "service model":
    "each call is checked against botocore's model of the service: names, required members, types",
} as const;

export type Proof = keyof typeof proofs;

/** Where the remediation of a detection is proven. */
export function proofOf(id: string): Proof {
  const has = (list: { id: string }[]) => list.some((one) => one.id === id);
  if (has(deployable)) return "deployed function";
  if (has(scenarios.ministack)) return "embedded AWS";
  return has(scenarios.moto) ? "moto" : "service model";
}

/** What neither the fix nor its rollback restores. */
export const notBroughtBack: Record<string, string> = {
  "cloudtrail-trail-deleted": "what happened while no trail recorded it",
  "config-recorder-or-channel-deleted": "evaluations by a deleted rule",
  "dns-query-logging-deleted": "the VPCs and tags of a deleted configuration",
  "eventbridge-rule-disabled": "tags of a deleted rule",
  "iam-inline-admin-policy": "an overwritten policy that granted administrator rights or was never seen",
  "iam-login-profile-created": "the password that the event set",
  "iam-own-login-profile-created": "the password that the event set",
  "iam-login-profile-updated": "the previous password",
  "macie-disabled": "Macie's findings",
  "org-policy-detached": "attachments that AWS removed when a policy type was disabled",
  "rds-activity-stream-stopped": "activity while the stream was off",
  "rds-backups-disabled": "backups that RDS deleted because of the change",
  "s3-bucket-encryption-foreign-key":
    "objects written in the meantime stay encrypted with the other account's key",
  "s3-replication-deleted": "copies of objects written in the meantime",
  "securityhub-disabled": "the status of controls, and the link to an administrator account",
  "ssm-remote-execution": "the session or command that was ended",
  "vpc-flow-logs-deleted": "the ID of the flow log, and traffic in the meantime",
};

/** What the rollbacks of a class restore. */
const receipts: Record<string, string> = {
  inverse: "what the event did",
  "read-modify": "what the event added",
  baseline: "the state the event left",
  contain: "what the fix stopped",
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

<!-- Generated from handlers/remediations/ and test/e2e/remediations/scenarios/ by \`npm run docs\`. -->

${remediations.length} of ${detections.length} detections have a remediation; the others alert only. [permissions](permissions.md)
lists what each may do in AWS, and [safety](safety.md) what must hold before a fix is made.

${table(
  ["class", "meaning", "remediations"],
  Object.entries(remediationClasses).flatMap(([name, meaning]) => {
    const count = fixable.filter(({ detection }) => detection.remediation === name).length;
    return count === 0 ? [] : [[`\`${name}\``, meaning, String(count)]];
  }),
)}

## Where they are proven

No test of this project runs on AWS. The strongest proof of each remediation:

${table(
  ["proven on", "how", "remediations"],
  Object.entries(proofs).map(([proof, how]) => [proof, how, String(proven(proof as Proof).length)]),
)}

Embedded AWS is MiniStack. In all but the last, the attacker's call is made with a user's own keys and recorded, and the
finding comes from that record. The state of the target and its neighbors is read from the services: after the fix it must
equal the state before the attack (unless the class is \`contain\`), and after the rollback the state after the attack. A
scenario can cover less than its remediation; see test/e2e/remediations/scenarios/.

## All remediations

A rollback restores what the fix removed; the last column lists what nothing restores.

${table(
  ["detection", "class", "reads", "calls", "baselines", "rollback restores", "proven on", "lost"],
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

/** The calls, as IAM names them. */
function operations(permissions: Remediation["reads"]): string {
  return [...permissions]
    .sort()
    .map((permission) => `\`${permission}\``)
    .join(", ");
}
