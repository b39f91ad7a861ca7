import type { SNSEvent } from "aws-lambda";
import { createCertificates } from "./aws/certificates";
import { createPublisher } from "./alerts/publish";
import { createReimport, withReimport } from "./alerts/reimport";
import { createSecurityHubPublisher } from "./alerts/security-hub";
import type { ReportUnproven } from "./alerts/summaries";
import { createIdentifyCaller, createSendGet } from "./aws/caller";
import { createCallAws } from "./aws/clients";
import { createInvokeSelf } from "./aws/invoke-self";
import { highestMode, membersOf } from "./accounts";
import { inAccount } from "./aws/members";
import { otherAccounts } from "./aws/other-accounts";
import type { Invocation, Platform } from "./aws/platform";
import { createTable } from "./aws/table";
import { asksToKeepBaselines, type KeepBaselines } from "./baselines/event";
import { noticeByAccount } from "./baselines/by-account";
import { createKeepBaselines } from "./baselines/keep";
import { createKeepAll } from "./baselines/keep-all";
import { keptKinds } from "./baselines/kept-kinds";
import { isRecordEvent } from "./cloudtrail/event";
import type { Detection } from "./detections/detection";
import { detections } from "./detections/index";
import { asksForDueFixes, createDelays, type DueFixes } from "./findings/delays";
import type { DecideRequest } from "./findings/granted";
import { createOncePerHour } from "./findings/once-per-hour";
import { isRequestEvent, type RequestAnswer, type RequestEvent } from "./findings/person-request";
import { createPeriods } from "./findings/periods";
import { createPersonVerbs } from "./findings/person-verbs";
import { createSourceProof } from "./findings/source-proof";
import { createWaiting } from "./findings/waiting";
import { createImportHunt } from "./history/import-hunt";
import { fieldsOf, listOf, shownJson, textOf } from "./json";
import { createLog, type Log } from "./log";
import { modeOf } from "./mode";
import { createOnAnswer } from "./on-answer";
import { createOnDue } from "./on-due";
import { createOnEvent } from "./on-event";
import { createOnNotification } from "./on-notification";
import { createOnRequest } from "./on-request";
import { createOnSchedule } from "./on-schedule";
import { asksToTry, createOnTrial, type Trial, type Tried } from "./on-trial";
import { remediations } from "./remediations/index";
import type { Remediation } from "./remediations/remediation";
import type { PatternRule } from "./rules/pattern-rule";
import { type Rule, withRules } from "./rules/rule";
import { decodeSettings, type Settings } from "./settings";
import { createDigestCheck } from "./watch/digests";
import { createMemberRules } from "./watch/member-rules";
import { createMembersCheck } from "./watch/members";
import { createSelfCheck } from "./watch/self-check";
import { createConfirmation } from "./watch/unconfirmed";

/** What the function is invoked with. */
export type FunctionEvent = SNSEvent | KeepBaselines | DueFixes | RequestEvent | Trial;

/** Handles one invocation of the function. Rejects if Lambda should try again. Answers requests and trials. */
export type Handler = (event: FunctionEvent, invocation: Invocation) => Promise<RequestAnswer | Tried | void>;

/**
 * The callback factory of the function `cloudtrailer`. Pulumi serializes it with everything it uses, and it runs once per
 * execution environment.
 *
 * @param rules of the team's own
 * @param patterns rules of the stack's configuration
 */
export function createCallback(rules: Rule[], patterns: PatternRule[]): Handler {
  const settings = decodeSettings(process.env.CLOUDTRAILER_SETTINGS);
  const platform: Platform = {
    aws: createCallAws({ others: otherAccounts(settings) }),
    certificateAt: createCertificates({ endpoint: process.env.AWS_ENDPOINT_URL }),
    write: (line) => console.log(line),
    now: () => Date.now(),
    pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    endpoint: process.env.AWS_ENDPOINT_URL,
  };
  const catalogue = withRules({ detections, remediations }, rules, patterns);
  return createHandler(settings, platform, catalogue.detections, catalogue.remediations);
}

/** Creates the handler: one `on-…` for each kind of event. */
export function createHandler(
  settings: Settings,
  platform: Platform,
  catalogue: Detection[] = detections,
  fixes: Remediation[] = remediations,
): Handler {
  const { aws, now, pause, certificateAt = createCertificates() } = platform;
  const active = catalogue.filter((detection) => modeOf(detection, settings) !== "off");
  const kinds = keptKinds({ ...settings, mode: highestMode(settings) }, catalogue, fixes);
  const baselines = createKeepBaselines({ settings, kinds, aws, now });
  const ofMembers = membersOf(settings).map((member) => {
    const { lookAt, notice } = createKeepBaselines({ settings, kinds, aws, now, member });
    const there = inAccount(aws, member);
    return { member, notice, keepAll: createKeepAll({ settings, kinds, aws: there, lookAt, now, pause }) };
  });
  const keepAll = createKeepAll({ settings, kinds, aws, lookAt: baselines.lookAt, now, pause });
  const keepers = new Map([
    [settings.account, { notice: baselines.notice }] as const,
    ...ofMembers.map(({ member, notice }) => [member, { notice }] as const),
  ]);
  const log = createLog(platform.write);
  const publisher = createPublisher(aws, settings, pause);
  const selfCheck = createSelfCheck({
    settings,
    aws,
    unprotected: createMembersCheck({ settings, aws }),
    alertDifferences: (differences) => publisher.alertDifferences(differences),
    alertEnding: (exceptions) => publisher.alertEnding(exceptions),
    now,
    pause,
  });
  const table = createTable(aws, settings);
  const oncePerHour = createOncePerHour(table, { now, pause, isFinal: true });
  const { alertRequest, alertUnproven } = publisher;
  const reimport = createReimport({
    settings,
    table,
    catalogue,
    securityHub: createSecurityHubPublisher(aws, settings),
    log,
    now,
  });
  const reportUnproven: ReportUnproven = (unproven) =>
    oncePerHour(`watch#unproven#${unproven.what}`, () => alertUnproven(unproven));
  const waiting = createWaiting({
    settings,
    table,
    alertExpired: (fixes) => publisher.alertExpired(fixes),
    now,
  });
  const delays = createDelays({ table, catalogue, now });
  // Deciding handles findings anew, and what is handled brings answers to decide about.
  const later: { decide: DecideRequest } = {
    decide: () => Promise.reject(new Error("expected nothing to decide about yet")),
  };
  const handleAnswer = createOnAnswer({
    settings,
    log,
    table,
    decide: (request, by, invocation) => later.decide(request, by, invocation),
    oncePerHour,
    alertRequest,
    whyUnproven: createSourceProof(aws, settings, now),
    now,
  });
  const { onNotification, handleRecord, processLogFiles } = createOnNotification({
    settings,
    platform,
    log,
    active,
    remediations: fixes,
    baselines: { notice: noticeByAccount(keepers) },
    kinds,
    selfCheck,
    waiting,
    delays,
    oncePerHour,
    handleAnswer,
    reportUnproven,
  });
  const onDue = createOnDue({ settings, log, delays, handleRecord, now });
  const confirmation = createConfirmation({
    table,
    active: active.map(({ id }) => id),
    alertUnconfirmed: (findings) => publisher.alertUnconfirmed(findings),
    now,
  });
  const fixable = fixes.map(({ id }) => id);
  const onEvent = createOnEvent({
    settings,
    platform: { certificateAt, now },
    log,
    fixable,
    handleRecord,
    confirmation,
  });
  const { trail } = settings.context;
  const digestsOf = (member?: string) =>
    trail &&
    createDigestCheck({
      settings,
      trail,
      ...(member === undefined ? {} : { member }),
      aws,
      processLogFiles,
      alertDigests: (problems) => publisher.alertDigests(problems, trail.arn, member),
      now,
    });
  const decide: DecideRequest = withReimport(
    createPersonVerbs({
      settings,
      table,
      catalogue,
      active,
      handleRecord,
      importHunt:
        settings.reports === undefined
          ? undefined
          : createImportHunt({
              settings,
              aws,
              catalogue: { detections: catalogue, remediations: fixes },
              reports: settings.reports,
              now,
            }),
      now,
    }),
    reimport,
  );
  later.decide = decide;
  const onRequest = createOnRequest({
    settings,
    log,
    identify: createIdentifyCaller({
      region: settings.region,
      endpoint: platform.endpoint,
      send: platform.send ?? createSendGet(),
      now,
    }),
    table,
    decide,
    oncePerHour,
    alertRequest,
    reportUnproven,
    now,
  });

  const onTrial = createOnTrial({
    settings,
    aws,
    // Without what an earlier look is believed.
    whyUnproven: () => createSourceProof(aws, settings, now)(),
    alertTrial: (id, isForEverybody) => publisher.alertTrial(id, isForEverybody),
    now,
  });
  const onSchedule = createOnSchedule({
    settings,
    log,
    selfCheck,
    digests: digestsOf(),
    confirmation,
    waiting: {
      async expire() {
        const expired = await waiting.expire();
        for (const id of expired) await reimport(id);
        return expired;
      },
    },
    onDue,
    periods: createPeriods({
      settings,
      aws,
      alertPeriod: (period, mayRepeat) => publisher.alertPeriod(period, mayRepeat),
      now,
    }),
    keepAll,
    members: ofMembers.map(({ member, keepAll: keep }) => ({
      member,
      digests: digestsOf(member),
      rules: createMemberRules({
        settings,
        aws,
        member,
        alertDifferences: (differences) => publisher.alertDifferences(differences, member),
      }),
      keepAll: keep,
    })),
    invokeSelf: createInvokeSelf(aws, settings),
    now,
  });

  return async (event, invocation) => {
    if (asksToTry(event)) return onTrial(event);
    if (asksToKeepBaselines(event)) return onSchedule(event, invocation);
    if (asksForDueFixes(event)) return onDue(invocation);
    if (isRequestEvent(event)) return onRequest(event, invocation);
    if (carriesEvents(event)) return onEvent(event, invocation);
    if (hasEntries(event)) return onNotification(event, invocation);
    return onUnknown(event, { log, reportUnproven, team: settings.team, invocation });
  };
}

/** An event that no part of this system sends: it is alerted, and ends up in the failure queue for somebody to look at. */
async function onUnknown(
  event: unknown,
  context: { log: Log; reportUnproven: ReportUnproven; team: string; invocation: Invocation },
): Promise<never> {
  const { log, reportUnproven, team, invocation } = context;
  const reason =
    'expected an SNS event {"Records":[{"Sns":…}]}, {"cloudtrailer":"request",…} or ' +
    `{"cloudtrailer":"keep-baselines","at":"schedule"}, found ${shownJson(event)}`;
  log.entry("error", "unknown event", { team, requestId: invocation.awsRequestId, reason });
  await reportUnproven({ what: "event", reason });
  throw new Error(reason);
}

/** Whether there is anything that could be a notification: none proves nothing, and nobody would hear of it. */
function hasEntries(event: unknown): event is SNSEvent {
  const { Records } = fieldsOf(event);
  return Array.isArray(Records) && Records.length > 0;
}

/** Whether the messages are EventBridge's events of records, and not notifications, which can be events of S3's. */
function carriesEvents(event: unknown): event is SNSEvent {
  const messages = listOf(fieldsOf(event).Records).map((one) => textOf(fieldsOf(fieldsOf(one).Sns).Message));
  return messages.length > 0 && messages.every((message) => message !== undefined && isRecordEvent(message));
}
