import { type ConfigKey, configKeys } from "../../infra/config-keys";
import { namings } from "../../infra/names";
import { table } from "./markdown";

/** docs/configuration.md: every key of a stack's configuration. */
export function configurationPage(): string {
  const keys: Record<string, ConfigKey<unknown>> = configKeys({ now: 0, ids: [] });
  return `# Configuration of a stack

<!-- Made from infra/config-keys.ts by \`npm run docs\`. -->

A stack is a team's. Its configuration is in \`Pulumi.<stack>.yaml\`; \`Pulumi.dev.yaml\` shows one. Every key is in the
namespace \`cloudtrailer\`, all but \`team\` have a default. The program reads and checks the configuration once, before
it declares anything, and reports every error in one message: the key, what was expected, what was found.

${table(
  ["key", "type", "default", "what it says"],
  Object.entries(keys).map(([name, key]) => [
    `\`${name}\``,
    key.items === undefined ? key.type : `${key.type} of ${key.items}s`,
    key.default === undefined ? "has to be set" : `\`${JSON.stringify(key.default)}\``,
    key.description,
  ]),
)}

## Modes

What is done about a finding is decided per detection: by its own entry in \`detections\`, else by \`mode\`.

${table(
  ["mode", "what happens"],
  [
    ["`off`", "nothing; the detection is not even looked at (only in `detections`)"],
    ["`alert`", "the finding is reported"],
    ["`plan`", "the alert includes the calls that would fix it; the role may read what that takes"],
    ["`fix`", "the calls are made; the alert has the receipt that takes them back"],
  ],
)}

\`\`\`yaml
cloudtrailer:mode: plan
cloudtrailer:detections:
  iam-*: { mode: fix } # a pattern
  iam-user-created: { mode: alert, severity: medium } # an id is stronger than a pattern
  s3-bulk-delete: { mode: fix, threshold: 50 } # it only contains: wants its id
\`\`\`

An id is stronger than a pattern, a longer pattern stronger than a shorter one. What can be contained but not reverted
(a key deactivated, an instance stopped) is planned, not fixed, unless its id says \`fix\`; what is off by default stays
off unless its id says otherwise. docs/detections.md says which are which.

## Subscribers

\`\`\`yaml
cloudtrailer:subscribers:
  - protocol: email
    endpoint: security@example.com
    minimumSeverity: high
    name: security
\`\`\`

The address is kept as a secret in Pulumi's state and never reaches the function. To keep it out of the file as well:

    pulumi config set --path --secret 'cloudtrailer:subscribers[0].endpoint' security@example.com

An \`https\` endpoint has to confirm its subscription: SNS posts a \`SubscribeURL\` to it, which it has to fetch. A chat's
webhook cannot do that.

A queue or a function has to be in the stack's own account: another one would have to confirm the subscription, and the
deployment would wait for it. Subscribe a queue here that forwards to the other account.

A subscriber without \`name\` is called by its protocol and its place, \`email-1\`: then a change of the order makes new
subscriptions, and e-mail has to be confirmed again.

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

A finding that an exception lets pass is kept and alerted with severity \`info\`, and not fixed. \`principal\`, \`account\`,
\`region\` and \`resource\` are patterns (\`*\` stands for any characters), and each one that is given has to match. \`tag\` is
\`key=value\`, the value a pattern: everything that the call touched has to have the tag, and who called must not be able
to set it ([safety](safety.md#exceptions)).
\`until\` is an ISO date, which counts to its end in UTC, or a date-time with its offset. An exception without \`until\` is
refused, and so is one that is over: the stack is not deployed until somebody takes it out or renews it.

## Names

\`names\` sets what a resource is called in AWS. Two teams have no default name in common. Bucket names are unique in all
of AWS: when somebody else has the default one, \`pulumi up\` says that the bucket already exists, and \`bucketSuffix\` makes
another of it.

${table(
  ["name", "of", "default"],
  Object.entries(namings).map(([kind, naming]) => [
    `\`names.${kind}\``,
    naming.what,
    `\`${naming.byDefault("<team>")}\``,
  ]),
)}

## How much fits

The function reads its settings from its environment, of which Lambda takes 4,096 bytes, measured as JSON in which every
quote is escaped. Only what differs from a default travels, compressed when it is long. When it does not fit, the error names the key that takes most of the room; patterns
(\`arn:aws:iam::*:role/deploy-*\`) take less than lists.
`;
}
