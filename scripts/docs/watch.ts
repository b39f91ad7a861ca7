import { namesOf } from "../../infra/names";
import { type WatchAlarm, watchAlarmOf, watchAlarms } from "../../infra/watch-alarms";
import {
  smsTopicOf,
  type StackHas,
  transformerOf,
  watchedGroups,
  watchRuleOf,
} from "../../infra/watch-rules";
import { defaultSilenceHours } from "../../infra/config-keys";
import { table } from "./markdown";

/** CloudWatch's prices in us-east-1, USD a month. https://aws.amazon.com/cloudwatch/pricing/ */
const prices = { alarm: 0.1, metric: 0.3 };

/** With which configuration a group is there. */
const conditions: Record<keyof StackHas, string> = {
  isFast: "unless `fast: none`",
  hasDelays: "with `fix.after`",
  hasPast: "with `history` or `athena`",
  hasChat: "with a subscriber `chat`",
};

/** docs/watch.md: how cloudtrailer reports changes to itself, and what that does not cover. */
export function watchPage(): string {
  const names = namesOf("<team>", {});
  const place = { partition: "aws", region: "<region>", account: "<account>" };
  const alarms = watchAlarms({
    team: "<team>",
    names,
    silenceHours: defaultSilenceHours,
    isFast: true,
    hasChannels: true,
  });
  const metrics = new Set(
    alarms.filter(({ namespace }) => !namespace.startsWith("AWS/")).map((one) => one.metric),
  );
  const cost = alarms.length * prices.alarm + metrics.size * prices.metric;
  const [example] = watchedGroups;
  if (example === undefined) throw new Error("expected groups of parts that are watched, found none");
  return `# How cloudtrailer watches itself

<!-- Generated from infra/watch-rules.ts and infra/watch-alarms.ts by \`npm run docs\`. -->

An attacker's first target is the detector. cloudtrailer therefore reports changes to its own parts on two paths: by the
function, which knows what each part should look like, and by a second path that works without the function, the trail's
bucket and both other topics.

## The function: the self-check

Each deployment records the state of every part: the trail and its selectors, the bucket and its settings, all topics with
their policies and subscriptions, the function's code, configuration, concurrency and permissions, its role with every policy,
the table, the failure queue, the log group, the schedules, and the second path's rules, targets, bus and alarms, those of the
fast path in every region that has some, the findings bus with its rules and what they send to, and, with \`history\` and
\`athena\`, the function, state machine, roles and log of hunts, and the bucket for results. The function compares every hour,
and at once when a call changes one of them. A call after which everything is as deployed is reported as info, everything else
as critical. Reading all parts takes over a hundred calls; so calls that come in a burst are judged by one reading that began
after they were over, at most a minute ago. An alert says what differs, what that means, and the command that repairs it:

\`\`\`sh
pulumi up --refresh
\`\`\`

It is sent once, and again when the difference changes or is gone. A part that the function may no longer read, a delivery
error of CloudTrail, and alerts without any confirmed subscriber count as differences, too. A week before an exception ends,
an alert says so. Pulumi does not notice that the function's code was replaced: then the command in the alert deletes the
function first. Pulumi does not remove what somebody added, such as a subscription or a permission: the alert lists it, so
that you can.

## The second path: rules and alarms

The topic \`${names.watch}\` has the same subscribers as the alerts, unfiltered. Only these rules and alarms may publish; the
function's role cannot. E-mail subscribers get a second request to confirm. Queues and functions that subscribe
must allow this topic as well as the alert topic.

Text messages cost money, and calls on own parts are cheap, so SMS subscribers get only alarms, from the topic
\`${smsTopicOf(names.watch)}\`.

### Calls on own parts

EventBridge reports successful calls within seconds, whoever makes them. The patterns name the parts, not the calls, so they
cover calls that AWS adds later. The function's own fixes are excluded, and so are hunts themselves. The rules \`.events\`,
\`.chat\`, \`.history\` and \`.hunters\` are there only if their parts are.

${table(
  ["rule", "what it reports", "where"],
  watchedGroups.map((group) => [
    `\`${watchRuleOf(names.watch, group)}\`${group.onlyIf === undefined ? "" : `, ${conditions[group.onlyIf]}`}`,
    `${group.title} ${group.means}`,
    group.isGlobal ? "the stack's region, and the region with IAM's events" : "the stack's region",
  ]),
)}

IAM's events are in one region per partition (\`aws\`: us-east-1). Rules there, whose names end with \`-away\`, forward to
the bus \`${names.watch}\` in the stack's region, with a role that may do nothing else. A message says who did what, from where,
what it means and what to do:

\`\`\`text
${linesOf(transformerOf(example, names, place, "<team>").inputTemplate)}
\`\`\`

A deployment is reported as well: one message for each call that changes a part, often two to five. Creating or destroying a
stack is not, except for the rules and alarms themselves: they are created last and deleted first, and report each other.

### Alarms

${table(
  ["alarm", "goes off when", "means"],
  alarms.map((alarm) => [`\`${watchAlarmOf(names.watch, alarm)}\``, conditionOf(alarm), alarm.description]),
)}

\`LogFiles\` and \`SelfChecks\` are metrics of the function, in its log entries. \`LogFiles\` counts files that CloudTrail wrote
within the last hour, so that resubmitting old ones does not hide silence. The end of an alarm is reported by mail.

## Costs, and how to switch it off

${alarms.length} alarms and ${metrics.size} metrics cost about ${cost.toFixed(2)} USD a month; the first ten of each in an account are free. Rules for
AWS's events are free, forwarded events cost 1 USD per million, and messages cost what
[SNS](https://aws.amazon.com/sns/pricing/) charges. \`watch: false\` removes all of it; the self-check stays. \`silenceHours\`
(${defaultSilenceHours} by default) is how long the function may go without a log file or a passing self-check.

## What is not covered

- **Both paths at once.** Events take seconds. An administrator of the account can delete the rules, the topic and the function
  before they arrive, and is not reported. Only a service control policy of the organization prevents that.
- **No trail left.** EventBridge gets CloudTrail's events only while some trail of the account records them. The call that
  stops the last one is still reported; after that, only the alarms are left.
- **Other regions.** The second path has rules in the stack's region and in the region of IAM's events. A session of the role,
  or a function with it, that starts elsewhere is reported only by the function.
- **Forged metrics and alarm states.** Whoever may call \`cloudwatch:PutMetricData\` can make up \`LogFiles\`, and whoever may
  call \`cloudwatch:SetAlarmState\` can have text messages sent. Such a call on an alarm is reported by mail.
- **Failed calls.** An attempt that AWS denied changed nothing. The function's detections see it, the second path does not.
- **The default bus.** AWS's events come over the account's default bus, which is nobody's part alone. Whoever encrypts it with a key
  that EventBridge may not use stops the second path and the fast one. Log files, the self-check and the alarms go on.
- **Best effort.** EventBridge does not guarantee every event. The hourly self-check catches the rest.
- **Delivery.** No alarm reports that the watch topic cannot deliver its own messages. Unconfirmed subscriptions are reported
  only by the self-check.
`;
}

/** As subscribers get it. */
function linesOf(template: string): string {
  return template
    .split("\n")
    .map((line) => (JSON.parse(line) as string).replace(/on (?:<part-[\w-]+>)+/, "on <part>"))
    .join("\n");
}

function conditionOf({
  metric,
  dimensions,
  statistic,
  goesOff,
  threshold,
  period,
  periods,
}: WatchAlarm): string {
  const [of = ""] = Object.values(dimensions);
  const within = periods === 1 ? duration(period) : `${duration(period)}, ${periods} times in a row`;
  const comparison = goesOff === "below" ? "is below" : "reaches";
  return `\`${metric}\` of \`${of}\` (${statistic.toLowerCase()}) ${comparison} ${threshold} in ${within}`;
}

function duration(seconds: number): string {
  return seconds % 3_600 === 0 ? `${seconds / 3_600} h` : `${seconds / 60} min`;
}
