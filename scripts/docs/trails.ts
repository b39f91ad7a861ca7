import { checkConfig } from "../../infra/config";
import { activities, costRows } from "../../infra/costs";
import {
  functionDecrypts,
  functionReads,
  functionSubscribes,
  onlyCloudTrailWrites,
  policyReaderRole,
} from "../../policies/log-owner";
import { table } from "./markdown";

const bucketArn = "arn:aws:s3:::<bucket>";
const folder = "AWSLogs/<account>/";
const roleArn = "arn:aws:iam::<account>:role/cloudtrailer-lambda-role-<team>";
const functionArn = "arn:aws:lambda:<region>:<account>:function:cloudtrailer-<team>";
const topicArn = "arn:aws:sns:<region>:<owner>:<topic>";
const trail = "arn:aws:cloudtrail:<region>:<account>:trail/<trail>";

function json(value: unknown): string {
  return `\`\`\`json\n${JSON.stringify(value, undefined, 2)}\n\`\`\``;
}

/** The costs of a stack with its defaults: with its only trail, a second one, and an existing one. */
export function costsTable(): string {
  const values = { "cloudtrailer:team": "team" };
  const { config } = checkConfig({ project: "cloudtrailer", values, secrets: [] }, { now: 0, catalogue: [] });
  if (config === undefined) throw new Error("expected the default configuration to be right");
  return table(
    ["account", "a month", "own trail, the only one", "own trail beside another", "existing trail"],
    costRows(config),
  );
}

/** docs/trails.md: an own trail and its options, an existing trail, and what its owner adds. */
export function trailsPage(): string {
  const { trust, permissions } = policyReaderRole({ bucketArn, roleArn });
  return `# The trail

<!-- Generated from scripts/docs/trails.ts and policies/log-owner.ts by \`npm run docs\`. -->

A stack creates its own trail, or reads the log files of one that you already have. \`npx cloudtrailer doctor\` tries every step
of either, from the trail to the alert, and prints what is wrong with the line that fixes it.

## Own or existing?

The first copy of management events is free in each region; every further one costs 2 USD per 100,000 events. These are
estimates in USD a month, with the default configuration and list prices of us-east-1, for ${activities.length} sizes of account;
\`pulumi preview\` prints the estimate for yours.

${costsTable()}

Use the existing trail if the account has one that records management events in all regions. An own trail is simpler: the stack
controls its bucket, so nothing needs to be proved before fixes are made.

## An own trail

\`\`\`yaml
cloudtrailer:kmsKey: arn:aws:kms:us-west-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab
cloudtrailer:dataEvents:
  - resources: s3
    arns: ["arn:aws:s3:::payroll/"]
    writeOnly: true
\`\`\`

\`kmsKey\` encrypts the log files; the key's policy must let CloudTrail use it before \`pulumi up\`. Data events cost 0.10 USD per
100,000, and a busy bucket or table has many times more of them than the account has management events: narrow them by \`arns\`
and \`writeOnly\`. The trail's own bucket is always left out, because each log file would cause another.

## An existing trail

\`\`\`yaml
cloudtrailer:trail: existing
cloudtrailer:existingTrail:
  arn: arn:aws:cloudtrail:us-east-1:111122223333:trail/main
  bucket: company-cloudtrail
  bucketAccount: "444455556666"  # a log archive; omit it for this account
  bucketRegion: us-east-1        # omit it for the stack's region
  prefix: audit
cloudtrailer:kmsKey: arn:aws:kms:us-east-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab
\`\`\`

The stack changes neither the trail nor its bucket: a bucket has one notification configuration, and writing it would overwrite
what others have put there. For notifications, choose one:

| configuration | who publishes | what you do |
| --- | --- | --- |
| neither \`topic\` nor \`bucketEvents\` | the trail, to a topic that the stack creates | \`aws cloudtrail update-trail --name <trail> --sns-topic-name <logTopicArn>\` |
| \`topic: <ARN>\` | the trail, or S3's event notifications, to a topic that exists, in any account and region | its policy lets the stack's account subscribe |
| \`bucketEvents: true\` | S3, through EventBridge, if the bucket is in the stack's account and region | switch EventBridge on for the bucket; other notifications stay as they are |

### What the owners of bucket, topic and key add

Add these to the policies that exist; do not replace them. \`doctor\` prints them with your names.

**Nobody but CloudTrail writes log files.** Whoever can write one commands the fixer, so until the bucket's policy has this
statement the mode is at most \`plan\`, and alerts say why. Name every trail that writes below the folder in \`aws:SourceArn\`.

${json(onlyCloudTrailWrites({ bucketArn, folder, trails: [trail] }))}

**The function reads the policy of a bucket in another account**, which only that account can: a role there, named in
\`existingTrail.policyReader\`. Its trust and its permissions:

${json(trust)}

${json(permissions)}

**The function reads log files in another account:**

${json(functionReads({ bucketArn, folder, roleArn }))}

**It subscribes to a topic in another account:**

${json(functionSubscribes({ topicArn, account: "<account>", functionArn }))}

**It decrypts log files** with a key in another account, or with one whose policy does not delegate to IAM:

${json(functionDecrypts(roleArn))}

## Limits

- A trail of another account records this one only as an organization's trail: set \`organizationId\`, which is part of its keys.
- The self-check covers what is in the stack's account. What belongs to another account is for its owner to watch; if log files
  stop, the \`silence\` alarm goes off wherever the cause is.
- The rules of the second path see calls in the stack's account and region: the trail's own region may be another one.
- If several trails write the same events to the bucket, the function reads those below the configured prefix.
`;
}
