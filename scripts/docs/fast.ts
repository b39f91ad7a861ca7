import { detections } from "../../handlers/detections/index";
import { remediations } from "../../handlers/remediations/index";
import { defaultSettings } from "../../handlers/settings";
import { fastRulesOf } from "../../infra/fast-patterns";
import { namesOf } from "../../infra/names";
import { table } from "./markdown";

/** docs/fast.md: how records come within seconds, and what only log files bring. */
export function fastPage(): string {
  const { events } = namesOf("<team>", {});
  const { context } = defaultSettings;
  const { rules, byLogFilesAlone } = fastRulesOf(
    detections,
    remediations.map(({ id }) => id),
    { mode: "fix", detections: {}, context },
  );
  const severityOf = (id: string) => detections.find((one) => one.id === id)?.severity ?? "";
  return `# Seconds, not minutes: the fast path

<!-- Generated from infra/fast-patterns.ts by \`npm run docs\`. -->

CloudTrail delivers log files after minutes. EventBridge has most management events within seconds, in each region, on best
effort. cloudtrailer takes both: events are fast, log files are complete, and each finding is handled once, by the path that
is first.

## Where records come from

\`\`\`sh
pulumi config set cloudtrailer:fast all
pulumi up
\`\`\`

${table(
  ["`fast`", "records within seconds", "resources"],
  [
    ["`none`", "none", "none"],
    ["`home` (the default)", "of the stack's region and that of IAM's events", "up to 45"],
    [
      "`all`",
      "of every region that the account has enabled, whatever `allowedRegions` says",
      "up to 16 more a region",
    ],
  ],
)}

\`pulumi preview\` says which regions send records, how many resources that takes, and how many detections see some calls in log
files alone. After enabling a region, run \`pulumi up\` again. Rules, buses and the topic cost nothing; sending costs 1 USD for a
million records ([EventBridge](https://aws.amazon.com/eventbridge/pricing/)), plus an invocation of the function each.

## How records come

In each region, rules on the default bus match records and forward them, with a role that can do nothing else, to the bus
\`${events}\` in the stack's region. A rule there publishes them to the topic \`${events}\`, which invokes the function.

The patterns are generated from the detections that are on. A region has at most eight rules, so changes come by name, first
what would be fixed, then by severity, until the patterns are full. Calls that healthy accounts make all the time
(\`AssumeRole\`, \`Decrypt\`), and reads, come only with a mark: the root user, an attacker's tool, a caller from outside.
EventBridge sends reads (\`Describe\`, \`Get\`, \`List\`) only to rules in the state \`ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS\`,
which one rule of a region has; each record that it matches costs as much as any other.

With the whole catalogue in mode \`fix\`, a region has these rules:

${table(
  ["rule", "characters of 2,048", "state"],
  rules.map(({ id, pattern, state }) => [
    `\`${events}.${id}\``,
    String(JSON.stringify(pattern).length),
    `\`${state}\``,
  ]),
)}

## What proves an event

A fix acts on what the record says, so an event must prove that it came from AWS:

- its source begins with \`aws.\`, which PutEvents refuses to everybody else; every pattern requires it, and the function again;
- only the forwarding rules' role may put events on the bus, and only the bus's rules may publish to the topic;
- SNS signed the message (signature version 2, certificate from SNS's own host in the stack's region);
- account and region of the event and of its record agree.

Anything else makes one critical finding, \`event-unproven\`, and no fix; of many, 20 alerts in ten minutes and a summary an hour. A rule of its own sends what looks like a record but
has another source, on either bus, so that somebody hears of it. An event that somebody had replayed is alerted, not fixed, and
does not take the place of the real one.

## Both paths together

The finding has the same ID on both paths: the second one is logged as \`duplicate\`, and notes when it came and what the first one
lacked. Bursts and first times count a record once. If EventBridge omitted what a fix may need, because the record is too large,
the finding waits for the log file. \`maxAgeMinutes\`, exceptions, the breaker and the kill switch hold for both.

What a log file does not have within two digests (about three hours) is alerted as critical, with the command that rolls its
fix back: either the event was made up, or the log files are not whole.

Each finding in the function's log says by which path it came and how many seconds after the call:

\`\`\`sh
aws logs tail "$(pulumi stack output logGroup)" --since 1h --filter-pattern '{ $.message = "event" }'
\`\`\`

The self-check compares the fast path's rules, targets, policies, bus and topic with what the last deployment left, in every region
that has some. An alarm goes off when the topic cannot reach the function.
Its entry in the log says what comes within seconds and what only log files bring (\`within\`), as \`preview\` and \`npx cloudtrailer
doctor\` do.

## What only log files bring

Records of other regions than those above, records over 256 KB, data events, and some calls of these detections:

${table(
  ["detection", "severity"],
  byLogFilesAlone.map((id) => [`\`${id}\``, severityOf(id)]),
)}
`;
}
