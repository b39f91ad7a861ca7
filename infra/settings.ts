import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { nameInArn } from "../handlers/cloudtrail/parameters";
import { chatResources } from "../handlers/chat-parts";
import {
  type AccountSettings,
  defaultSettings,
  type DetectionContext,
  type FastPath,
  type OwnSettings,
  type Settings,
  settingsVariable,
} from "../handlers/settings";
import {
  bucketArn,
  busArn,
  functionArn,
  logGroupArn,
  queueArn,
  roleArn,
  ruleArn,
  tableArn,
  topicArn,
  trailArn,
} from "../policies/arns";
import { huntArns, statesRoleOf } from "../policies/history";
import { logFolder } from "../policies/detector-role";
import { type Place, widestPlace } from "../policies/document";
import manifest from "../package.json";
import type { Config } from "./config-keys";
import { existingTrailOf, organizationOfMembers, sourceOf } from "./existing-trail";
import { accountSettingsOf } from "./member-accounts";
import { logGroupOf, memberRoleOf } from "./names";
import { chatPart, type ChatRoom, isChat } from "./chat-rooms";
import { isChannel, isPaidByMessage, periodsOf } from "./subscribers";
import { smsTopicOf } from "./watch-rules";

/**
 * Lambda's limit for the whole environment of a function.
 * https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
export const maxEnvironmentBytes = 4096;

/** Bytes of an environment as Lambda measures it: as JSON, in which each quote of a value is escaped. */
export function environmentBytes(variables: Record<string, string>): number {
  return Buffer.byteLength(JSON.stringify(variables));
}

/** The function's environment. */
export function environmentOf(settings: string): Record<string, string> {
  return { [settingsVariable]: settings };
}

/**
 * The handler's settings from the stack's configuration.
 *
 * @param sent what events of EventBridge bring
 * @param accounts those with settings of their own; by default the ones that the configuration names
 */
export function settingsOf(
  config: Config,
  place: Place,
  sent: Omit<FastPath, "topicArn"> = { regions: [], lateDetections: 0 },
  accounts: Record<string, AccountSettings> = accountsIn(config, place),
): Settings {
  const { names } = config;
  const hasMembers = organizationOfMembers(config.organization) !== undefined;
  return {
    team: config.team,
    account: place.account,
    region: place.region,
    bucket: names.bucket,
    prefix: logFolder(sourceOf(config) ?? {}, place.account),
    ...(Object.keys(accounts).length === 0 ? {} : { accounts }),
    ...(hasMembers ? { memberRole: memberRoleOf(config.team) } : {}),
    ...logSourceOf(config, place),
    ...(config.kmsKey === "" ? {} : { kmsKey: config.kmsKey }),
    table: names.table,
    ...(config.history ? { reports: names.reports } : {}),
    logTopicArn: topicArn(place, names.logTopic),
    alertTopicArn: topicArn(place, names.alertTopic),
    findingsBus: names.findingsBus,
    securityHub: config.securityHub,
    ...(config.fast === "none" ? {} : { events: { topicArn: topicArn(place, names.events), ...sent } }),
    deployment: deploymentOf(config),
    roleName: names.role,
    mode: config.mode,
    detections: config.detections,
    exceptions: config.exceptions,
    records: config.records,
    maxAgeMinutes: config.maxAgeMinutes,
    maxFixesPerHour: config.maxFixesPerHour,
    maxFixesPerHourOfAccount: config.maxFixesPerHourOfAccount,
    operators: config.operators,
    approvers: config.approvers,
    approvalHours: config.approvalHours,
    ...fixOf(config),
    ...summariesOf(config),
    ...chatOf(config),
    fixAutomation: config.fixAutomation,
    findingsDays: config.findingsDays,
    context: {
      trail: { name: nameInArn(names.trail), arn: trailArn(place, names.trail) },
      trustedAccounts: config.trustedAccounts,
      ...organizationOf(config),
      logBuckets: [names.bucket, ...config.logBuckets],
      ownResources: ownResourcesOf(config, place),
      automation: config.automation,
      scanners: config.scanners,
      allowedRegions: config.allowedRegions,
      privilegedGroups: config.privilegedGroups,
      ownNetworks: config.ownNetworks,
      protectedLogGroups: config.protectedLogGroups,
      allowedIdentityProviders: config.allowedIdentityProviders,
      protectedRouteTables: config.protectedRouteTables,
      allowedBoundaries: config.allowedBoundaries,
      privilegedPolicies: config.privilegedPolicies,
      thresholds: config.thresholds,
    },
  };
}

/** How fixes wait; nothing if they do not. */
function fixOf({ fix: { after, immediately = [] }, names }: Config): Pick<Settings, "fix"> {
  return after === undefined ? {} : { fix: { afterMinutes: after, immediately, rule: names.dueFixes } };
}

function summariesOf({ subscribers }: Config): Pick<Settings, "summaries"> {
  const summaries = periodsOf(subscribers);
  return summaries.length === 0 ? {} : { summaries };
}

/** The subscribers in chat rooms; nothing if there are none. */
function chatOf({ subscribers, names }: Pick<Config, "subscribers" | "names">): Pick<Settings, "chat"> {
  const rooms = subscribers.filter(isChat);
  if (rooms.length === 0) return {};
  const partsOf = (some: ChatRoom[]) => some.map((room) => chatPart(names.chat, room));
  const buttons = partsOf(rooms.filter((room) => room.buttons));
  return { chat: { base: names.chat, parts: partsOf(rooms), buttons } };
}

/** The accounts that the configuration itself names; those of units are known at deployment. */
function accountsIn(config: Config, place: Place): Record<string, AccountSettings> {
  const { accounts = [], exclude = [] } = config.organization;
  const members = accounts.filter((account) => account !== place.account && !exclude.includes(account));
  return accountSettingsOf(config, place.account, members);
}

/** How the place of log files differs from the stack's; undefined members are omitted from the settings. */
function logSourceOf(config: Config, place: Place): Pick<Settings, "source"> {
  const existing = existingTrailOf(config);
  if (existing === undefined) return {};
  const { bucketAccount, bucketRegion, policyReader } = existing;
  return {
    source: {
      ...(bucketAccount === undefined || bucketAccount === place.account ? {} : { account: bucketAccount }),
      ...(bucketRegion === undefined || bucketRegion === place.region ? {} : { region: bucketRegion }),
      ...(policyReader === undefined ? {} : { policyReader }),
    },
  };
}

/** All of the configuration, also what the function does not get (subscribers), and the program's version. */
function deploymentOf(config: Config): string {
  return createHash("sha256")
    .update(JSON.stringify([manifest.version, config]))
    .digest("base64url")
    .slice(0, 16);
}

function organizationOf({
  organization: { id, paths = [] },
}: Config): Pick<DetectionContext, "organization"> {
  return id === undefined ? {} : { organization: { id, paths } };
}

/** CloudTrail refers to a resource by its name in one call and by its ARN in the next. */
function ownResourcesOf(
  { names, subscribers, watch, fast, fix, history, athena }: Config,
  place: Place,
): string[] {
  const logGroup = logGroupOf(names);
  const both = [
    [names.function, functionArn(place, names.function)],
    [names.role, roleArn(place, names.role)],
    [names.table, tableArn(place, names.table)],
    [names.bucket, bucketArn(place, names.bucket)],
    [nameInArn(names.logTopic), topicArn(place, names.logTopic)],
    [names.alertTopic, topicArn(place, names.alertTopic)],
    [names.failureQueue, queueArn(place, names.failureQueue)],
    [names.schedule, ruleArn(place, names.schedule)],
    ...(fix.after === undefined ? [] : [[names.dueFixes, ruleArn(place, names.dueFixes)]]),
    [names.findingsBus, busArn(place, names.findingsBus)],
    // Its role and its queue have the same name.
    ...(subscribers.some(isChannel)
      ? [[queueArn(place, names.findingsBus), roleArn(place, names.findingsBus)]]
      : []),
    [logGroup, logGroupArn(place, logGroup)],
    ...(watch
      ? [
          // The names of its rules and alarms follow from that of the bus.
          [
            names.watch,
            busArn(place, names.watch),
            topicArn(place, names.watch),
            roleArn(place, names.watch),
          ],
          ...(subscribers.some(isPaidByMessage) ? [[topicArn(place, smsTopicOf(names.watch))]] : []),
        ]
      : []),
    ...(fast === "none"
      ? []
      : [
          [
            names.events,
            busArn(place, names.events),
            topicArn(place, names.events),
            roleArn(place, names.events),
          ],
        ]),
    ...(history || athena ? [[names.reports, bucketArn(place, names.reports)]] : []),
    // The function, its role and the state machine have the same name.
    ...(history ? [[names.history, statesRoleOf(names.history), ...huntArns(place, names.history)]] : []),
    chatResources(chatOf({ subscribers, names }).chat, topicArn(place, names.alertTopic)),
  ];
  return [...new Set(both.flat())];
}

/**
 * The settings as one text for the function's environment; `decodeSettings` reads it. Values as in {@link defaultSettings}
 * are omitted; a text short enough to read in the console is not compressed.
 */
export function encodeSettings(settings: Settings): string {
  const { context, ...rest } = settings;
  const { context: defaultContext, ...defaults } = defaultSettings;
  // `decodeSettings` adds them again.
  const derived = new Set(chatResources(settings.chat, settings.alertTopicArn));
  const ownResources = context.ownResources.filter((name) => !derived.has(name));
  const json = JSON.stringify({
    ...differing(rest, defaults),
    context: differing({ ...context, ownResources }, defaultContext),
  });
  const fits = environmentBytes(environmentOf(json)) <= maxEnvironmentBytes;
  return fits ? json : gzipSync(json, { level: 9 }).toString("base64");
}

/** The place where settings take most room: the longest names, and an account without repeating digits. */
const largestPlace: Place = { ...widestPlace, account: "740951836204" };

/** As many regions as an account may have enabled, with names that compress badly. */
const mostRegions = Array.from(
  { length: 40 },
  (_, index) => `${"abcdefghij"[index % 10]}p-northeast-${index}`,
);

/** Bytes by which compressed settings may be larger in another place than in {@link largestPlace}. */
const compressedSlack = 64;

/** The room that the environment takes wherever the stack is, and the key that takes most of it. */
export function settingsSize(config: Config): { bytes: number; biggest: string } {
  const settings = settingsOf(config, largestPlace, {
    regions: config.fast === "all" ? mostRegions : [largestPlace.region],
    lateDetections: 999,
  });
  const { context, ...rest } = settings;
  const sizes = Object.entries({ ...rest, ...context } satisfies Record<string, unknown> & OwnSettings)
    .filter(([name]) => Object.hasOwn(config, name))
    .map(([name, value]) => ({ name, bytes: JSON.stringify(value).length }))
    .sort((a, b) => b.bytes - a.bytes);
  const text = encodeSettings(settings);
  const slack = text.startsWith("{") ? 0 : compressedSlack;
  return { bytes: environmentBytes(environmentOf(text)) + slack, biggest: sizes[0]?.name ?? "names" };
}

function differing(own: object, defaults: object): Record<string, unknown> {
  const byDefault = new Map(Object.entries(defaults).map(([name, value]) => [name, JSON.stringify(value)]));
  return Object.fromEntries(
    Object.entries(own).filter(([name, value]) => byDefault.get(name) !== JSON.stringify(value)),
  );
}
