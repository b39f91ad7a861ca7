import * as pulumi from "@pulumi/pulumi";
import { withRules } from "./handlers/rules/rule";
import { Alerts } from "./infra/alerts";
import { readConfig } from "./infra/config";
import { costLines } from "./infra/costs";
import { Dashboard } from "./infra/dashboard";
import { Detector } from "./infra/detector";
import { FindingsBus } from "./infra/findings-bus";
import { Athena } from "./infra/athena";
import { Reports } from "./infra/reports";
import { Fast } from "./infra/fast";
import { fastRules } from "./infra/fast-patterns";
import { existingTrailOf, sourceOf } from "./infra/existing-trail";
import { History } from "./infra/history";
import { LogSource } from "./infra/log-source";
import { detectorNames, historyNames } from "./infra/names";
import { ownListActions, ownPartActions } from "./handlers/watch/own-parts";
import { exceptionActions, remediationActions } from "./infra/permissions";
import { placeOf } from "./infra/place";
import { grantsOf } from "./infra/rules/grants";
import { announce, readRules } from "./infra/rules/deployed-rules";
import { encodeSettings, settingsOf } from "./infra/settings";
import { isChannel, isSubscriber } from "./infra/subscribers";
import { Trail } from "./infra/trail";
import { Watch } from "./infra/watch";

const own = readRules();
const config = readConfig(own);
const catalogue = withRules(own.catalogue, [], config.rules);
announce(own, config);
const { names } = config;

const place = placeOf(config);

if (pulumi.runtime.isDryRun()) void pulumi.log.info(costLines(config).join("\n"));

const existing = existingTrailOf(config);
const trail =
  existing === undefined
    ? new Trail("trail", {
        place,
        bucket: names.bucket,
        topic: names.logTopic,
        trail: names.trail,
        multiRegion: config.multiRegion,
        logFileDays: config.logFileDays,
        kmsKey: config.kmsKey || undefined,
        dataEvents: config.dataEvents,
      })
    : new LogSource("trail", { place, existing, topic: names.logTopic, source: sourceOf(config) ?? {} });

const subscribers = config.subscribers.filter(isSubscriber);
const channels = config.subscribers.filter(isChannel);

const alerts = new Alerts("alerts", {
  place,
  topic: names.alertTopic,
  role: names.role,
  subscribers,
});

const findings = new FindingsBus("findings", {
  place,
  bus: names.findingsBus,
  role: names.role,
  channels,
});

const fast =
  config.fast === "none"
    ? undefined
    : new Fast("fast", {
        place,
        name: names.events,
        regions: config.fast,
        patterns: fastRules(config, catalogue),
      });

const settings = pulumi
  .all([place, fast?.regions ?? []])
  .apply(([here, regions]) => encodeSettings(settingsOf(config, here, regions)));

const detector = new Detector("detector", {
  place,
  names: detectorNames(names, sourceOf(config)),
  actions: [
    ...remediationActions(config, catalogue.detections, catalogue.remediations),
    ...exceptionActions(config),
  ],
  ownGrants: grantsOf(config, own.rules),
  rules: own.rules,
  patterns: config.rules,
  selfCheckActions: ownPartActions,
  selfCheckLists: ownListActions,
  declaration: JSON.stringify(config),
  notifications: trail.notifications,
  settings,
  events: fast?.topic,
  logGroupDays: config.logGroupDays,
  memoryMegabytes: config.memoryMegabytes,
  timeoutSeconds: config.timeoutSeconds,
  reservedConcurrency: config.reservedConcurrency,
});

const fastParts = pulumi.output(fast?.sendTo(detector.parts) ?? []);

const watch = config.watch
  ? new Watch("watch", {
      place,
      team: config.team,
      names,
      subscribers,
      silenceHours: config.silenceHours,
      isFast: fast !== undefined,
      hasChannels: channels.length > 0,
      parts: fastParts.apply((parts) => [trail, alerts, findings, ...parts, ...detector.parts]),
    })
  : undefined;

const dashboard = config.dashboard
  ? new Dashboard("dashboard", {
      place,
      team: config.team,
      names,
      watch: config.watch,
      silenceHours: config.silenceHours,
      isFast: fast !== undefined,
      hasChannels: channels.length > 0,
    })
  : undefined;

detector.declare(
  fastParts.apply((parts) => [trail, alerts, findings, ...parts, ...(watch === undefined ? [] : [watch])]),
);

/** Where the trail writes. */
const logBucket = existing?.bucket ?? names.bucket;

const reports =
  config.history || config.athena
    ? new Reports("reports", { place, bucket: names.reports, days: config.logFileDays })
    : undefined;

const history = config.history
  ? new History("history", {
      place,
      names: historyNames(names, [logBucket, ...config.logBuckets]),
      rules: own.rules,
      patterns: config.rules,
      settings,
      logGroupDays: config.logGroupDays,
    })
  : undefined;

const athena =
  config.athena && reports !== undefined
    ? new Athena("athena", {
        place,
        name: names.athena,
        bucket: logBucket,
        prefix: existing?.prefix,
        organization: existing?.organizationId ?? config.organization.id,
        reports: reports.bucket,
        scanGigabytes: config.athenaScanGigabytes,
      })
    : undefined;

export const team = config.team;
export const mode = config.mode;
export const region = place.region;
export const account = place.account;
export const bucket = trail.bucketName;
export const trailName = trail.trailName;
export const trailArn = trail.trailArn;
export const logTopicArn = trail.topicArn;
export const alertTopicArn = alerts.topic.arn;
export const findingsBusArn = findings.bus.arn;
export const undeliveredQueueUrl = findings.queue?.url;
export const watchTopicArn = watch?.topic.arn;
export const eventsTopicArn = fast?.topic.arn;
export const dashboardName = dashboard?.dashboard.dashboardName;
export const functionName = detector.function.name;
export const functionArn = detector.function.arn;
export const logGroup = detector.logGroup.name;
export const roleName = detector.role.name;
export const roleArn = detector.role.arn;
export const tableName = detector.table.name;
export const tableArn = detector.table.arn;
export const failureQueueUrl = detector.failureQueue.url;
export const failureQueueArn = detector.failureQueue.arn;
export const reportsBucket = reports?.bucket.bucket;
export const huntsArn = history?.stateMachine.arn;
export const athenaWorkgroup = athena?.workgroup.name;
