import { type ConfigKey, configKeys } from "../../infra/config-keys";
import { namings } from "../../infra/names";
import { table } from "./markdown";

/** docs/configuration.md: every key of a stack's configuration. */
export function configurationPage(): string {
  const keys: Record<string, ConfigKey<unknown>> = configKeys({ now: 0, ids: [] });
  return `# Stack configuration

<!-- Generated from infra/config-keys.ts by \`npm run docs\`. -->

Each team has a stack, configured in \`Pulumi.<stack>.yaml\`; \`Pulumi.dev.yaml\` is an example. Every key is in the namespace
\`cloudtrailer\`, and every key but \`team\` has a default. The program checks the whole configuration before it declares
anything, and reports every error in one message: the key, what was expected, what was found.

${table(
  ["key", "type", "default", "meaning"],
  Object.entries(keys).map(([name, key]) => [
    `\`${name}\``,
    key.items === undefined ? key.type : `${key.type} of ${key.items}s`,
    key.default === undefined ? "required" : `\`${JSON.stringify(key.default)}\``,
    key.description,
  ]),
)}

## Modes

\`mode\` is the default; \`detections\` overrides it for single detections.

${table(
  ["mode", "what happens"],
  [
    ["`off`", "nothing: the detection does not run (only in `detections`)"],
    ["`alert`", "the finding is alerted"],
    ["`plan`", "the alert includes the calls that would fix it; the role may read what planning needs"],
    ["`fix`", "the calls are made; the alert includes the rollback"],
  ],
)}

\`\`\`yaml
cloudtrailer:mode: plan
cloudtrailer:detections:
  iam-*: { mode: fix } # a pattern
  iam-user-created: { mode: alert, severity: medium } # an ID overrides a pattern
  s3-bulk-delete: { mode: fix, threshold: 50 } # containment: must be named by ID
\`\`\`

An ID overrides a pattern, and a longer pattern a shorter one. Containment (a key is deactivated, an instance stopped) is
planned, not carried out, unless you set the detection's ID to \`fix\`. A detection that is off by default stays off unless
you set its ID to something else. [detections](detections.md) says which are which.

## Subscribers

\`\`\`yaml
cloudtrailer:subscribers:
  - protocol: email
    endpoint: security@example.com
    minimumSeverity: high
    name: security
\`\`\`

The address is stored as a secret in Pulumi's state and never reaches the function. To keep it out of the file as well:

    pulumi config set --path --secret 'cloudtrailer:subscribers[0].endpoint' security@example.com

An \`https\` endpoint must confirm its subscription: SNS posts a \`SubscribeURL\` to it, which it must fetch. A chat webhook
cannot do that.

A queue or function must be in the stack's own account: one in another account would have to confirm the subscription, and the
deployment would wait for it. Subscribe a queue in this account that forwards to the other one.

A subscriber without \`name\` is named after its protocol and position, \`email-1\`. Reordering the list then creates new
subscriptions, and e-mail must be confirmed again.

## Exceptions

\`\`\`yaml
cloudtrailer:exceptions:
  - detection: ec2-sg-open-to-world
    account: "111122223333"
    resource: sg-0123456789abcdef0
    reason: public web server
    owner: web@example.com
    until: "2027-03-31"
\`\`\`

A finding covered by an exception is kept and alerted with severity \`info\`, but not fixed. \`principal\`, \`account\`,
\`region\` and \`resource\` are patterns (\`*\` matches any characters), and all that are given must match. \`tag\` is
\`key=value\`, where the value is a pattern: everything the call touched must have the tag, and a tag that the caller could
set is ignored ([safety](safety.md#exceptions)).
\`until\` is an ISO date, valid to the end of that day in UTC, or a date-time with an offset. An exception without \`until\`
is refused, and so is an expired one: the stack cannot be deployed until somebody removes or renews it.

## Names

\`names\` sets the names of resources in AWS. No two teams share a default name. Bucket names are unique across all of AWS:
if the default is taken, \`pulumi up\` says that the bucket already exists; set \`bucketSuffix\` to get another one.

${table(
  ["name", "names", "default"],
  Object.entries(namings).map(([kind, naming]) => [
    `\`names.${kind}\``,
    naming.what,
    `\`${naming.byDefault("<team>")}\``,
  ]),
)}

## Size limit

The function reads its settings from its environment, which Lambda limits to 4,096 bytes, measured as JSON with every quote
escaped. Only settings that differ from their default are passed, compressed if they are long. If they do not fit, the error
names the largest key. Patterns (\`arn:aws:iam::*:role/deploy-*\`) take less room than lists.
`;
}
