import { findingsBusPolicy } from "../../policies/findings-bus";
import { actionsOfKind } from "../../handlers/baselines/kept-kinds";
import { type BaselineName, baselineKinds } from "../../handlers/baselines/kinds/index";
import { detections } from "../../handlers/detections/index";
import { tagActions } from "../../handlers/findings/tags";
import { ownListActions, ownPartActions } from "../../handlers/watch/own-parts";
import { remediations } from "../../handlers/remediations/index";
import { detectorNames, namesOf } from "../../infra/names";
import { watchAlarmOf, watchAlarms } from "../../infra/watch-alarms";
import { eventsBusPolicy } from "../../policies/events-bus";
import { publishingRulesOf } from "../../infra/fast";
import { publishingRules } from "../../infra/watch-rules";
import { alarmArn } from "../../policies/arns";
import { detectorPolicies, detectorTrust } from "../../policies/detector-role";
import { reportsBucketPolicy } from "../../policies/history";
import type { Statement } from "../../policies/document";
import { logBucketPolicy } from "../../policies/log-bucket";
import { tablePolicy } from "../../policies/table";
import { alertTopicPolicy, logTopicPolicy, watchTopicPolicy } from "../../policies/topics";
import { deployerActions } from "./deployer";
import { table } from "./markdown";

/** Why the role is allowed or denied something, by the statement's name. */
const reasons: Record<string, string> = {
  ReadLogFiles:
    "the log files that CloudTrail delivers for this account, and the digests that vouch for them",
  ListLogFiles: "to find digests, and log files that were deleted or changed after they were read",
  VerifyDigests: "CloudTrail's public keys, with which digests are verified; IAM knows no resource for them",
  ReadResultsOfHunts:
    "findings of old log files, which an operator puts into the table; only with `history`, as are the parts of hunts below",
  PublishAlerts: "the alerts",
  PutFindingsOnTheBus: "each finding, for chat rooms, ticket systems, pagers and whatever else takes events",
  KeepFindings: "exactly one finding per event and detection: claims, outcomes, receipts, counters",
  WriteOwnLog: "its log; it may not create log groups, so `pulumi destroy` leaves none behind",
  HandOverFailures: "notifications that failed three times; Lambda sends them with the function's role",
  ImportFindings: "findings in Security Hub; only with `securityHub`",
  ListFindings: "the findings of an hour or day; only with `summary` of a subscriber",
  DecryptLogFiles: "log files that CloudTrail has encrypted; only with `kmsKey`",
  ReadTheBucketsPolicy:
    "that only CloudTrail writes to a bucket in another account; only with `existingTrail.policyReader`",
  NeverStopTheTrail:
    "without it the system is blind; recreating the trail, starting it and restoring its settings is allowed",
  NeverTouchTheLogFiles:
    "they are the evidence, and anyone who may write there can forge events; restoring the bucket's settings is allowed",
  LookAtOwnParts: "the hourly check that everything is as the last deployment left it",
  NeverChangeItself:
    "its role, function, schedule, table, topics, failure queue, log, and what watches it: it must not grant itself more, become another program, forget what it did, or fall silent",
  LookAtLists: "the same, for lists that IAM has no resource for: rules, alarms, log groups, event sources",
  OnlyFromThisFunction:
    "whoever is handed the role or its credentials could use it; what Lambda does with it outside the function is exempt",
  NeverUnsubscribe:
    "no notification would come in, or no alert go out; IAM cannot restrict these two to a topic",
};

/** What the verbs take that act on a stack. */
const peopleActions: { verbs: string[]; actions: string[]; on: string }[] = [
  { verbs: ["mode"], actions: ["dynamodb:GetItem", "dynamodb:Scan"], on: "the table" },
  {
    verbs: ["mode alert", "mode plan", "mode fix"],
    actions: ["dynamodb:GetItem", "dynamodb:Scan", "lambda:InvokeFunction"],
    on: "the table and the function",
  },
  {
    verbs: ["rollback"],
    actions: ["dynamodb:GetItem", "lambda:InvokeFunction"],
    on: "the table and the function; and what the receipt's calls take, and the reads of the detection's remediation (below)",
  },
  {
    verbs: ["hunt --import"],
    actions: ["lambda:InvokeFunction", "s3:GetObject", "s3:ListBucket"],
    on: "the function and the reports bucket ([hunts](hunt.md#permissions) need more)",
  },
  {
    verbs: ["findings", "report", "except"],
    actions: ["dynamodb:GetItem", "dynamodb:Query"],
    on: "the table and its index",
  },
  {
    verbs: ["redrive"],
    actions: [
      "lambda:InvokeFunction",
      "sqs:ChangeMessageVisibility",
      "sqs:DeleteMessage",
      "sqs:ReceiveMessage",
    ],
    on: "the function and the failure queue",
  },
];

/** docs/permissions.md: what the deploying person needs, what the role has, and why. */
export function permissionsPage(): string {
  const names = namesOf("<team>", {});
  const place = { partition: "aws", region: "<region>", account: "<account>" };
  const policies = detectorPolicies({
    place,
    ...detectorNames(names, { kmsKey: "<kmsKey>", policyReader: "<policyReader>" }, undefined, {
      delays: true,
      summaries: true,
      securityHub: true,
      past: { reports: names.reports, history: names.history },
    }),
    actions: [],
    selfCheckActions: ownPartActions,
    selfCheckLists: ownListActions,
  });
  const role = [policies.inline, ...policies.managed].flatMap(({ Statement }) => Statement);
  return `# Permissions

<!-- Generated from policies/, handlers/remediations/ and scripts/docs/deployer.ts by \`npm run docs\`. -->

## The deploying person

\`pulumi up\` and \`pulumi destroy\` need these actions, besides \`sts:GetCallerIdentity\`, which everybody has. The tagging
actions are needed only with a provider that sets default tags. With \`fast: all\`, finding the account's regions takes
\`ec2:DescribeRegions\`; with \`organization.units\`, finding accounts takes \`organizations:DescribeOrganization\`,
\`ListAccounts\`, \`ListAccountsForParent\`, \`ListAWSServiceAccessForOrganization\`, \`ListOrganizationalUnitsForParent\`
and \`ListRoots\`.

${table(
  ["resource type", "actions"],
  Object.entries(deployerActions).map(([type, actions]) => [`\`${type}\``, codes(actions)]),
)}

## People

What the verbs of \`npx cloudtrailer\` take that act on a stack, on its own resources. They find the stack by Pulumi's state, by
options, or by the environment. \`sts:GetCallerIdentity\`, by which \`mode\` and \`rollback\` prove who you are, needs no
permission.

${table(
  ["verb", "actions", "on"],
  peopleActions.map(({ verbs, actions, on }) => [codes(verbs), codes(actions), on]),
)}

Nobody needs to write to the table, and nobody but the function may. Whoever may invoke the function proves nothing by that:
see [safety](safety.md#asking-the-function), and \`operators\` in the [configuration](configuration.md).

## The function's role

${sentence(detectorTrust().Statement)} The inline policy \`${names.executionPolicy}\` (and where that is full, a managed one, \`${names.role}-remediations-1\` and so on) allows, whatever is
enabled:

${table(["statement", "actions", "on", "for"], rows(role, "Allow"))}

With members ([organization](organization.md)), the role may also read the log files of every account, and \`sts:AssumeRole\` on
\`arn:aws:iam::*:role/cloudtrailer-member-<team>\` within the organization, and invoke its own function, once for each
member. That role has the permissions below in its account; with \`fast\`, a second one there, \`cloudtrailer-events-<team>\`, may
put events on the stack's bus, for EventBridge's rules alone.

### What detections add

No record contains the document behind a policy's ARN, so these detections read it before they fire. Unless they are \`off\`,
the role may:

${table(
  ["detection", "actions"],
  detections
    .filter(({ reads = [] }) => reads.length > 0)
    .map(({ id, reads = [] }) => [`\`${id}\``, codes([...reads].sort())]),
)}

### What remediations add

In mode \`plan\` the role may read what planning needs; in mode \`fix\` it may also make the calls. In \`alert\` and \`off\` a
remediation adds nothing ([modes](configuration.md#modes)). Every action is granted on the resource types of this account that it
applies to, or on \`*\` where IAM knows none (policies/action-resources.ts, generated from AWS's service authorization
reference). A service after an action is the one that may be passed a role, or whose service-linked role may be changed.
Whatever does not fit in the inline policy, which AWS limits to 10,240 characters, goes into managed policies,
\`${names.role}-remediations-1\` and so on.

${table(
  ["detection", "from `plan` on", "in `fix`"],
  [...remediations]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ id, reads, writes }) => [
      `\`${id}\`${contains(id) ? " (only by ID)" : ""}`,
      codes([...reads].sort()),
      codes([...writes].sort()),
    ]),
)}

### What exceptions by tag add

If \`exceptions\` has one with \`tag\`, the role may read tags, read the policies of resources whose own policy can let somebody
set tags, and ask IAM what the caller may do: ${codes([...new Set(tagActions)].sort())}.

### What baselines add

To know the state before an event, the function takes snapshots of these resources when a detection that can use them is in mode
\`plan\` or \`fix\` ([safety](safety.md)); finding the account's regions takes \`ec2:DescribeRegions\`.

${table(
  ["resource", "actions", "for"],
  (Object.keys(baselineKinds) as BaselineName[]).map((kind) => [
    `\`${baselineKinds[kind].type}\``,
    codes(actionsOfKind(kind)),
    codes(remediations.filter(({ baselines = [] }) => baselines.includes(kind)).map(({ id }) => id)),
  ]),
)}

### What the role is denied

Whatever a remediation may do elsewhere, the role may not blind or empty the system or grant it more. The stack does not know
policies and permissions boundaries that somebody else attaches to the role, so they are not covered:

${table(["statement", "actions", "on", "why"], rows(role, "Deny"))}

## Who may write to the stack's resources

${table(
  ["resource", "statement", "effect", "who", "actions", "when"],
  [
    ...resourceRows("log bucket", logBucketPolicy({ place, ...names }).Statement),
    ...resourceRows("reports bucket", reportsBucketPolicy(place, names.reports, names.history).Statement),
    ...resourceRows(
      "notification topic",
      logTopicPolicy({ place, topic: names.logTopic, trail: names.trail }).Statement,
    ),
    ...resourceRows(
      "alert topic",
      alertTopicPolicy({ place, topic: names.alertTopic, role: names.role }).Statement,
    ),
    ...resourceRows("findings table", tablePolicy({ place, table: names.table, role: names.role }).Statement),
    ...resourceRows(
      "findings bus",
      findingsBusPolicy({ place, bus: names.findingsBus, role: names.role }).Statement,
    ),
    ...resourceRows(
      "watch topic",
      watchTopicPolicy({
        place,
        topic: names.watch,
        rules: publishingRules(names.watch, place),
        alarms: watchAlarms({ team: "<team>", names, silenceHours: 2, isFast: true, hasChannels: true }).map(
          (alarm) => alarmArn(place, watchAlarmOf(names.watch, alarm)),
        ),
      }).Statement,
    ),
    ...resourceRows(
      "events topic",
      watchTopicPolicy({
        place,
        topic: names.events,
        rules: publishingRulesOf(names.events, place),
        alarms: [],
      }).Statement,
    ),
    ...resourceRows("events bus", eventsBusPolicy(place, names.events, names.events).Statement),
  ],
)}
`;
}

function contains(id: string): boolean {
  return detections.some((detection) => detection.id === id && detection.remediation === "contain");
}

function rows(statements: Statement[], effect: Statement["Effect"]): string[][] {
  return statements
    .filter(({ Effect }) => Effect === effect)
    .map(({ Sid, Resource = [], ...statement }) => {
      const reason = reasons[Sid];
      if (reason === undefined)
        throw new Error(
          `expected a reason for the statement ${Sid}, found none: add it to scripts/docs/permissions.ts`,
        );
      return [Sid, actionsOf(statement), codes(Resource), reason];
    });
}

function resourceRows(resource: string, statements: Statement[]): string[][] {
  return statements.map(({ Sid, Effect, Principal = "*", Condition = {}, ...statement }) => [
    resource,
    Sid,
    Effect.toLowerCase(),
    Principal === "*" ? "everybody" : codes(Object.values(Principal)),
    actionsOf(statement),
    Object.entries(Condition)
      .flatMap(([operator, keys]) =>
        Object.entries(keys).map(([key, values]) => `${operator} ${key} ${codes([values].flat())}`),
      )
      .join("; "),
  ]);
}

function sentence(trust: Statement[]): string {
  const who = trust.flatMap(({ Principal = {} }) => Object.values(Principal));
  return `Only ${codes(who)} may assume it.`;
}

function actionsOf({ Action, NotAction = [] }: Pick<Statement, "Action" | "NotAction">): string {
  return Action === undefined ? `all but ${codes(NotAction)}` : codes(Action);
}

function codes(texts: string[]): string {
  return texts.length === 0 ? "none" : texts.map((text) => `\`${text}\``).join(", ");
}
