import * as pulumi from "@pulumi/pulumi";
import { withRules } from "../handlers/rules/rule";
import { ownListActions, ownPartActions, ownRoomActions } from "../handlers/watch/own-parts";
import { Alerts } from "./alerts";
import { Athena } from "./athena";
import type { CloudtrailerArgs } from "./cloudtrailer-args";
import { checkConfig, messageOf } from "./config";
import { isChat } from "./chat-rooms";
import type { Config } from "./config-keys";
import { costLines } from "./costs";
import { Dashboard } from "./dashboard";
import { Detector } from "./detector";
import { existingTrailOf, sourceOf } from "./existing-trail";
import { Fast } from "./fast";
import { fastRules } from "./fast-patterns";
import { FindingsBus } from "./findings-bus";
import { History } from "./history";
import { LogSource } from "./log-source";
import { memberRoleArgs, memberRulesOf } from "./member-accounts";
import { accountsOf, MemberRoles, membersFor, problemOfMembers, templateOf } from "./members";
import { detectorNames, historyNames, pastPartsOf } from "./names";
import { exceptionActions, remediationActions } from "./permissions";
import { placeOf, refuse } from "./place";
import { Reports } from "./reports";
import { grantsOf } from "./rules/grants";
import { type OwnRules, ownRulesOf } from "./rules/own-rules";
import { encodeSettings, settingsOf } from "./settings";
import { getsRequests, isChannel, isSubscriber, periodsOf } from "./subscribers";
import { Trail } from "./trail";
import { Watch } from "./watch";

export type { CloudtrailerArgs } from "./cloudtrailer-args";

/** A configuration that was checked already, and the rules that it was checked with. */
export interface CheckedArgs {
  config: Config;
  own: OwnRules;
}

/** The name of the component in this project's own program, whose parts have the names of releases before it. */
const ownName = "cloudtrailer";

/**
 * Finds and fixes security problems in an account: the trail or its notifications, the function with its table, role and queue,
 * the alerts, and the second path that watches them.
 *
 * @example
 * const security = new Cloudtrailer("security", { team: "red", subscribers: [{ protocol: "email", endpoint: "you@example.com" }] });
 * export const alerts = security.alertTopicArn;
 */
export class Cloudtrailer extends pulumi.ComponentResource {
  readonly config: Config;
  readonly region: pulumi.Output<string>;
  readonly account: pulumi.Output<string>;
  readonly bucket: pulumi.Output<string>;
  readonly trailName: pulumi.Output<string>;
  readonly trailArn: pulumi.Output<string>;
  readonly logTopicArn: pulumi.Output<string>;
  readonly alertTopicArn: pulumi.Output<string>;
  readonly findingsBusArn: pulumi.Output<string>;
  /** The queue of what channels did not take; undefined without channels. */
  readonly undeliveredQueueUrl: pulumi.Output<string> | undefined;
  /** Undefined with `watch: false`. */
  readonly watchTopicArn: pulumi.Output<string> | undefined;
  /** Undefined with `fast: none`. */
  readonly eventsTopicArn: pulumi.Output<string> | undefined;
  /** Undefined without `dashboard: true`. */
  readonly dashboardName: pulumi.Output<string> | undefined;
  readonly functionName: pulumi.Output<string>;
  readonly functionArn: pulumi.Output<string>;
  readonly logGroup: pulumi.Output<string>;
  readonly roleName: pulumi.Output<string>;
  readonly roleArn: pulumi.Output<string>;
  readonly tableName: pulumi.Output<string>;
  readonly tableArn: pulumi.Output<string>;
  readonly failureQueueUrl: pulumi.Output<string>;
  readonly failureQueueArn: pulumi.Output<string>;
  /** The bucket for the results of hunts and queries; undefined without `history` and `athena`. */
  readonly reportsBucket: pulumi.Output<string> | undefined;
  /** The state machine of hunts; undefined without `history: true`. */
  readonly huntsArn: pulumi.Output<string> | undefined;
  /** Undefined without `athena: true`. */
  readonly athenaWorkgroup: pulumi.Output<string> | undefined;
  // Hidden from Pulumi, which goes through everything that a resource holds whenever another depends on it.
  readonly #own: OwnRules;
  /** The detections and remediations, with those of the team's own rules. */
  readonly #catalogue: ReturnType<typeof withRules>;
  private readonly place: ReturnType<typeof placeOf>;

  /**
   * @param args the keys of docs/configuration.md; all errors are reported in one message
   * @throws RunError that names every wrong value
   */
  constructor(
    private readonly name: string,
    args: CloudtrailerArgs | CheckedArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("cloudtrailer:index:Cloudtrailer", name, {}, opts);
    const checked = "own" in args ? args : checkedArgs(name, args);
    this.config = checked.config;
    this.#own = checked.own;
    this.#catalogue = withRules(this.#own.catalogue, [], this.config.rules);
    if (pulumi.runtime.isDryRun()) void pulumi.log.info(costLines(this.config).join("\n"), this);
    this.place = placeOf(this.config, this);
    const trail = this.createTrail();
    const alerts = this.createAlerts();
    const findings = this.createFindingsBus();
    const fast = this.createFast();
    const settings = this.settingsFor(fast);
    const detector = this.createDetector(trail, fast, settings);
    const members = this.createMemberRoles(detector, fast);
    const reports = this.createReports();
    const history = this.createHistory(settings);
    const past = [reports, history].flatMap((one) => one ?? []);
    const fastParts = pulumi.output(fast?.sendTo(detector.parts) ?? []);
    const watch = this.createWatch(
      fastParts.apply((parts) => [trail, alerts, findings, ...past, ...parts, ...detector.parts]),
    );
    const dashboard = this.createDashboard();
    detector.declare(
      fastParts.apply((parts) => [
        trail,
        alerts,
        findings,
        ...past,
        ...parts,
        ...[watch, members].flatMap((one) => one ?? []),
      ]),
    );
    const athena = this.createAthena(reports);

    this.region = this.place.region;
    this.account = this.place.account;
    this.bucket = trail.bucketName;
    this.trailName = trail.trailName;
    this.trailArn = trail.trailArn;
    this.logTopicArn = trail.topicArn;
    this.alertTopicArn = alerts.topic.arn;
    this.findingsBusArn = findings.bus.arn;
    this.undeliveredQueueUrl = findings.queue?.url;
    this.watchTopicArn = watch?.topic.arn;
    this.eventsTopicArn = fast?.topic.arn;
    this.dashboardName = dashboard?.dashboard.dashboardName;
    this.functionName = detector.function.name;
    this.functionArn = detector.function.arn;
    this.logGroup = detector.logGroup.name;
    this.roleName = detector.role.name;
    this.roleArn = detector.role.arn;
    this.tableName = detector.table.name;
    this.tableArn = detector.table.arn;
    this.failureQueueUrl = detector.failureQueue.url;
    this.failureQueueArn = detector.failureQueue.arn;
    this.reportsBucket = reports?.bucket.bucket;
    this.huntsArn = history?.stateMachine.arn;
    this.athenaWorkgroup = athena?.workgroup.name;
    this.registerOutputs({ functionArn: this.functionArn, alertTopicArn: this.alertTopicArn });
  }

  /** The name of a part; those of several components in one program must differ. */
  private partName(part: string): string {
    return this.name === ownName ? part : `${this.name}-${part}`;
  }

  /** Parts were at the root of the program before this component existed; the aliases of their own parts follow. */
  private get options(): pulumi.ComponentResourceOptions {
    return {
      parent: this,
      ...(this.name === ownName ? { aliases: [{ parent: pulumi.rootStackResource }] } : {}),
    };
  }

  private createTrail(): Trail | LogSource {
    const { names, multiRegion, logFileDays, kmsKey, dataEvents } = this.config;
    const existing = existingTrailOf(this.config);
    const { place } = this;
    if (existing !== undefined) {
      const source = sourceOf(this.config) ?? {};
      return new LogSource(
        this.partName("trail"),
        { place, existing, topic: names.logTopic, source },
        this.options,
      );
    }
    return new Trail(
      this.partName("trail"),
      {
        place,
        bucket: names.bucket,
        topic: names.logTopic,
        trail: names.trail,
        multiRegion,
        logFileDays,
        kmsKey: kmsKey || undefined,
        dataEvents,
        organizationId: membersFor(this.config)?.organizationId,
      },
      this.options,
    );
  }

  private createAlerts(): Alerts {
    const { names } = this.config;
    const args = {
      place: this.place,
      topic: names.alertTopic,
      role: names.role,
      subscribers: this.subscribers,
      hasSummaries: this.hasSummaries,
    };
    return new Alerts(this.partName("alerts"), args, this.options);
  }

  private get hasSummaries(): boolean {
    return periodsOf(this.config.subscribers).length > 0;
  }

  /** The subscribers of the topics. */
  private get subscribers() {
    return this.config.subscribers.filter(isSubscriber);
  }

  /** The subscribers of the findings bus. */
  private get channels() {
    return this.config.subscribers.filter(isChannel);
  }

  /** Which parts the stack has that not every stack has. */
  private get has() {
    const { fast, fix, history, athena } = this.config;
    return {
      isFast: fast !== "none",
      hasDelays: fix.after !== undefined,
      hasPast: history || athena,
      hasChannels: this.channels.length > 0,
      hasChat: this.channels.some(isChat),
    };
  }

  private createFindingsBus(): FindingsBus {
    const { names } = this.config;
    const args = {
      place: this.place,
      bus: names.findingsBus,
      role: names.role,
      channels: this.channels.filter(getsRequests),
      rooms: this.channels.filter(isChat),
      chat: names.chat,
      hasSummaries: this.hasSummaries,
    };
    return new FindingsBus(this.partName("findings"), args, this.options);
  }

  private createFast(): Fast | undefined {
    const { config, place } = this;
    const catalogue = this.#catalogue;
    if (config.fast === "none") return undefined;
    const args = {
      place,
      name: config.names.events,
      regions: config.fast,
      patterns: fastRules(config, catalogue),
      organizationId: membersFor(config)?.organizationId,
    };
    return new Fast(this.partName("fast"), args, this.options);
  }

  private settingsFor(fast: Fast | undefined): pulumi.Output<string> {
    const { config, place } = this;
    return pulumi
      .all([place, fast?.regions ?? [], accountsOf(config, this)])
      .apply(([here, regions, accounts]) => {
        const lateDetections = fast?.lateDetections ?? 0;
        const text = encodeSettings(settingsOf(config, here, { regions, lateDetections }, accounts));
        const problem = problemOfMembers(text, Object.keys(accounts).length);
        if (problem !== undefined) refuse(messageOf([problem], pulumi.getStack()));
        return text;
      });
  }

  private createDetector(
    trail: Trail | LogSource,
    fast: Fast | undefined,
    settings: pulumi.Output<string>,
  ): Detector {
    const { config, place } = this;
    const [own, catalogue] = [this.#own, this.#catalogue];
    return new Detector(
      this.partName("detector"),
      {
        place,
        names: detectorNames(config.names, sourceOf(config), membersFor(config), {
          delays: this.has.hasDelays,
          summaries: this.hasSummaries,
          securityHub: config.securityHub,
          past: pastPartsOf(config),
          chat: this.has.hasChat,
        }),
        actions: [
          ...remediationActions(config, catalogue.detections, catalogue.remediations),
          ...exceptionActions(config),
        ],
        ownGrants: grantsOf(config, own.rules),
        rules: own.rules,
        patterns: config.rules,
        selfCheckActions: [...ownPartActions, ...(this.has.hasChat ? ownRoomActions : [])],
        selfCheckLists: ownListActions,
        declaration: JSON.stringify(config),
        notifications: trail.notifications,
        settings,
        events: fast?.topic,
        logGroupDays: config.logGroupDays,
        memoryMegabytes: config.memoryMegabytes,
        timeoutSeconds: config.timeoutSeconds,
        reservedConcurrency: config.reservedConcurrency,
      },
      this.options,
    );
  }

  private createMemberRoles(detector: Detector, fast: Fast | undefined): MemberRoles | undefined {
    const { config, place } = this;
    const catalogue = this.#catalogue;
    const { units = [], accounts = [], exclude = [] } = config.organization;
    const members = membersFor(config);
    if (members === undefined || units.length === 0) return undefined;
    const { detections, remediations } = catalogue;
    const template = place.apply((here) =>
      templateOf(memberRoleArgs(config, here, detections, remediations)),
    );
    const events = fast && {
      name: config.names.events,
      template: place.apply((here) => JSON.stringify(memberRulesOf(config, here, catalogue))),
      regions: fast.regions,
      receivers: fast.receivers,
    };
    return new MemberRoles(
      this.partName("members"),
      { name: members.role, template, units, accounts, exclude, ...(events && { events }) },
      // A trust policy names a role that exists.
      { ...this.options, dependsOn: detector.role },
    );
  }

  private createWatch(parts: pulumi.Output<pulumi.Resource[]>): Watch | undefined {
    const { watch, team, names, silenceHours } = this.config;
    if (!watch) return undefined;
    const { place, subscribers } = this;
    const args = { place, team, names, subscribers, silenceHours, ...this.has, parts };
    return new Watch(this.partName("watch"), args, this.options);
  }

  private createDashboard(): Dashboard | undefined {
    const { dashboard, watch, team, names, silenceHours } = this.config;
    if (!dashboard) return undefined;
    const args = { place: this.place, team, names, watch, silenceHours, ...this.has };
    return new Dashboard(this.partName("dashboard"), args, this.options);
  }

  private createReports(): Reports | undefined {
    const { history, athena, names, logFileDays } = this.config;
    if (!history && !athena) return undefined;
    const args = {
      place: this.place,
      bucket: names.reports,
      history: history ? names.history : undefined,
      days: logFileDays,
    };
    return new Reports(this.partName("reports"), args, this.options);
  }

  /** The bucket that the trail writes to. */
  private get logBucket(): string {
    return existingTrailOf(this.config)?.bucket ?? this.config.names.bucket;
  }

  private createHistory(settings: pulumi.Output<string>): History | undefined {
    const { config, place } = this;
    if (!config.history) return undefined;
    const args = {
      place,
      names: historyNames(config.names, [this.logBucket, ...config.logBuckets]),
      rules: this.#own.rules,
      patterns: config.rules,
      settings,
      logGroupDays: config.logGroupDays,
    };
    return new History(this.partName("history"), args, this.options);
  }

  private createAthena(reports: Reports | undefined): Athena | undefined {
    const { config, place } = this;
    if (!config.athena || reports === undefined) return undefined;
    const existing = existingTrailOf(config);
    const args = {
      place,
      name: config.names.athena,
      bucket: this.logBucket,
      prefix: existing?.prefix,
      organization: existing?.organizationId ?? config.organization.id,
      reports: reports.bucket,
      scanGigabytes: config.athenaScanGigabytes,
    };
    return new Athena(this.partName("athena"), args, this.options);
  }
}

/** Checks the arguments like the configuration of this project's own program. */
function checkedArgs(name: string, { own: _, ...args }: CloudtrailerArgs & { own?: undefined }): CheckedArgs {
  const texts = Object.entries(args)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => [`${name}:${key}`, typeof value === "string" ? value : JSON.stringify(value)]);
  const own = ownRulesOf({ rules: [], folder: "" });
  const { config, problems } = checkConfig(
    { project: name, values: Object.fromEntries(texts) as Record<string, string>, secrets: [] },
    { now: Date.now(), catalogue: own.catalogue.detections, remediations: own.catalogue.remediations },
  );
  if (config === undefined) throw new pulumi.RunError(messageOf(problems, pulumi.getStack()));
  return { config, own };
}
