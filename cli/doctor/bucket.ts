import { callsTo } from "../../handlers/aws/call";
import { forgers } from "../../handlers/cloudtrail/only-cloudtrail-writes";
import { textOf } from "../../handlers/json";
import { letsCloudTrail } from "../../local/recorder/service-policies";
import { onlyCloudTrailWrites, policyReaderRole, trailWrites } from "../../policies/log-owner";
import {
  type Found,
  looked,
  ok,
  type Patient,
  redeploy,
  type Repair,
  type Step,
  unknown,
  wrong,
} from "./step";

/** The bucket lets CloudTrail write, and nobody else. */
export const bucketIsSafe: Step = {
  title: "CloudTrail, and nobody else, writes log files",
  async run(patient) {
    const { settings, aws, bucketArn } = patient;
    const region = settings.source?.region ?? settings.region;
    const input = { Bucket: settings.bucket };
    const seen = await looked(aws(callsTo("s3", region)("GetBucketPolicy", input)));
    if (seen === "denied")
      return [
        unknown(
          `only account ${settings.source?.account ?? settings.account} can read the policy of ${bucketArn}; its owner runs this step`,
          statementsFor(patient),
        ),
        ...reader(patient),
      ];
    const policy = seen === "gone" ? undefined : textOf(seen.answer.Policy);
    return [...writes(patient, policy), ...forging(patient, policy), ...reader(patient)];
  },
};

function writes(patient: Patient, policy: string | undefined): Found[] {
  const { bucketArn, folder, trailArn, isOwn } = patient;
  const context = {
    "aws:sourcearn": trailArn,
    "aws:sourceaccount": trailArn.split(":")[4] ?? "",
    "aws:securetransport": "true",
    "aws:principalservicename": "cloudtrail.amazonaws.com",
    "aws:principalisawsservice": "true",
    "s3:x-amz-acl": "bucket-owner-full-control",
  };
  const may = (action: string, resource: string) => letsCloudTrail(policy, { action, resource, context });
  if (may("s3:GetBucketAcl", bucketArn) && may("s3:PutObject", `${bucketArn}/${folder}CloudTrail/x`))
    return [ok("the bucket lets the trail write")];
  const statements = trailWrites({ bucketArn, folder, trail: trailArn });
  const repair: Repair = isOwn
    ? redeploy
    : { say: "add to the bucket's policy, and remove what denies it", add: { of: bucketArn, statements } };
  return [wrong("the bucket's policy does not let CloudTrail write log files", repair)];
}

function forging(patient: Patient, policy: string | undefined): Found[] {
  const { bucketArn, folder, isOwn } = patient;
  const open = forgers(policy, bucketArn, folder);
  if (open.length === 0) return [ok("nobody else may write log files")];
  const what = `others than CloudTrail may ${open.join(", ")} below ${folder}: whoever writes a log file commands the fixer, so nothing is fixed`;
  return [wrong(what, isOwn ? redeploy : statementsFor(patient))];
}

/** What the bucket's owner adds so that fixes are allowed. */
function statementsFor({ bucketArn, folder, trailArn }: Patient): Repair {
  const statement = onlyCloudTrailWrites({ bucketArn, folder, trails: [trailArn] });
  return {
    say: "add to the bucket's policy; name every other trail that writes there in aws:SourceArn, too",
    add: { of: bucketArn, statements: [statement] },
  };
}

/** How the function reads the policy of a bucket in another account. */
function reader({ settings, bucketArn, roleArn }: Patient): Found[] {
  const { account, policyReader } = settings.source ?? {};
  if (account === undefined || account === settings.account || policyReader !== undefined) return [];
  const { trust, permissions } = policyReaderRole({ bucketArn, roleArn });
  const name = `cloudtrailer-policy-reader-${settings.team}`;
  const partition = bucketArn.split(":")[1] ?? "aws";
  return [
    wrong("the function cannot read the policy of a bucket in another account, so nothing is fixed", {
      say: `in account ${account}, create the role ${name} with these documents; then name it`,
      documents: { "trust.json": trust, "permissions.json": permissions },
      lines: [
        `aws iam create-role --role-name ${name} --assume-role-policy-document file://trust.json`,
        `aws iam put-role-policy --role-name ${name} --policy-name read-bucket-policy --policy-document file://permissions.json`,
        `pulumi config set --path cloudtrailer:existingTrail.policyReader arn:${partition}:iam::${account}:role/${name} && pulumi up`,
      ],
    }),
  ];
}
