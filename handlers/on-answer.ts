import { createHash, randomUUID } from "node:crypto";
import type { AlertedRequest } from "./alerts/summaries";
import type { Invocation } from "./aws/platform";
import type { Attributes, Table } from "./aws/table";
import type { Path } from "./detections/finding";
import { approvalEndOf, approvalIn } from "./findings/approval";
import type { ChatAnswer, ChatCall, HandleAnswer } from "./findings/chat-answer";
import type { DecideRequest } from "./findings/granted";
import type { OncePerHour } from "./findings/once-per-hour";
import type { WhyUnproven } from "./findings/source-proof";
import { leaseMs } from "./findings/store";
import type { Log } from "./log";
import { matchesAny } from "./pattern";
import type { Settings } from "./settings";

/** What answers are handled with. */
export interface OnAnswerDependencies {
  settings: Pick<Settings, "approvalHours" | "approvers" | "findingsDays" | "region" | "table" | "team">;
  log: Pick<Log, "entry">;
  table: Table;
  decide: DecideRequest;
  oncePerHour: OncePerHour;
  alertRequest(request: AlertedRequest): Promise<void>;
  /** Why the log files may be somebody else's work. */
  whyUnproven: WhyUnproven;
  /** Epoch ms. */
  now(): number;
}

/** How an answer ended. */
type Ended = { outcome: "accepted"; result?: string } | { outcome: "refused"; reason: string };

/**
 * Makes the handler of answers that a chat room's buttons give. What proves them is CloudTrail: the record of a call that only the
 * room's role may make (findings/chat-answer.ts). They are decided and carried out like a person's request, in the name of the
 * role's session, and only if that is one of the configured approvers: everybody in the room may press a button.
 *
 * A record comes by two paths, and Lambda repeats itself: each answer is taken once, and one whose handling died is taken again.
 */
export function createOnAnswer(dependencies: OnAnswerDependencies): HandleAnswer {
  const { settings, log, table, decide, oncePerHour, alertRequest, whyUnproven, now } = dependencies;

  /** Undefined if it was handled before. @throws Error while another invocation handles it */
  const claim = async ({ eventID, by, said }: ChatCall): Promise<{ isAgain: boolean } | undefined> => {
    const owner = randomUUID();
    const key = keyOf(eventID);
    const texts = { owner, by, request: JSON.stringify(said), at: new Date(now()).toISOString() };
    const claimed = await table.update(key, {
      set: {
        ...Object.fromEntries(Object.entries(texts).map(([name, S]) => [name, { S }])),
        leaseUntil: { N: String(now() + leaseMs) },
        expiresAt: { N: String(Math.floor(now() / 1000) + settings.findingsDays * 86_400) },
      },
      add: { attempts: { N: "1" } },
      condition: {
        expression: "attribute_not_exists(id) OR (attribute_not_exists(outcome) AND leaseUntil < :now)",
        values: { ":now": { N: String(now()) } },
      },
    });
    const item = claimed.changed ? claimed.item : await table.get(key);
    if (item.owner?.S === owner) return { isAgain: item.attempts?.N !== "1" };
    if (item.outcome !== undefined) return undefined;
    throw new Error(`the answer of event ${eventID} is still handled by another invocation`);
  };

  /** Why an answer does not count, before anybody looks at what it is about; undefined if it may. */
  const whyNot = (
    { at, by }: ChatCall,
    { finding }: ChatAnswer,
    { decidedAt }: Attributes,
  ): string | undefined => {
    if (!matchesAny(settings.approvers, by))
      return `expected one of the configuration's approvers, found ${by}`;
    // The record has whole seconds.
    if (decidedAt?.S !== undefined && at + 999 < Date.parse(decidedAt.S))
      return `it was given at ${new Date(at).toISOString()}, before the fix of ${finding} was planned at ${decidedAt.S}`;
    if (now() >= approvalEndOf(new Date(at).toISOString(), settings.approvalHours))
      return `it was given at ${new Date(at).toISOString()}, more than ${settings.approvalHours} hours ago`;
    return undefined;
  };

  const refused = async (call: ChatCall, reason: string, isKnown: boolean): Promise<Ended> => {
    const { by, room, said } = call;
    const verb = "problem" in said ? "answer" : said.verb;
    // People press a button more than once, and a role could set any tag.
    const about = isKnown && !("problem" in said) ? `${said.verb} ${said.finding}` : "";
    await oncePerHour(`watch#refused#${hashOf(`${room} ${about}`)}`, () =>
      alertRequest({
        verb,
        by,
        why: whyOf(call),
        title: `An answer from chat ${room} was refused: ${verb}`,
        severity: isKnown ? "medium" : "high",
        meaning: reason,
        outcome: "refused",
        ...(isKnown && !("problem" in said) ? { finding: said.finding } : {}),
      }),
    );
    return { outcome: "refused", reason };
  };

  const decided = async (
    call: ChatCall,
    { path, isAgain }: { path: Path; isAgain: boolean },
    invocation: Invocation,
  ): Promise<Ended> => {
    const { said, by, eventID } = call;
    if ("problem" in said) return refused(call, said.problem, false);
    const { verb, plan, finding } = said;
    const why = whyOf(call);
    const item = await table.get(finding);
    const isKnown = item.about !== undefined;
    // An event has proven its origin before it came here.
    const doubt = path === "event" ? undefined : await whyUnproven();
    if (doubt !== undefined) return refused(call, doubt, isKnown);
    // The attempt that died has done it.
    if (isAgain && wasCarriedOut(item, why)) return { outcome: "accepted", result: item.outcome?.S ?? verb };
    // If it died while it made the fix, the plan is younger than the answer.
    const isBegun = isAgain && approvalIn(item)?.why === why;
    const not = whyNot(call, said, isBegun ? {} : item);
    if (not !== undefined) return refused(call, not, isKnown);
    const { table: name, region } = settings;
    const request = { verb, finding, plan, why, table: name, region, nonce: eventID };
    const granted = await decide(request, by, invocation);
    if ("refused" in granted) return refused(call, granted.refused, isKnown);
    // First: whatever ends this function now, nobody has changed anything without a word.
    if (granted.alert !== undefined) await alertRequest({ verb, by, why, ...granted.alert });
    const result = await granted.carryOut();
    return { outcome: "accepted", ...(result === undefined ? {} : { result }) };
  };

  return async (call, path, invocation) => {
    const startedAt = now();
    const taken = await claim(call);
    if (taken === undefined) return;
    const ended = await decided(call, { path, ...taken }, invocation);
    const { outcome, ...rest } = ended;
    const texts = { outcome, ...rest };
    const set = Object.fromEntries(Object.entries(texts).map(([name, S]) => [name, { S }]));
    await table.update(keyOf(call.eventID), { set });
    const { eventID, by, room, said } = call;
    log.entry(outcome === "accepted" ? "info" : "error", "answer", {
      team: settings.team,
      requestId: invocation.awsRequestId,
      eventID,
      room,
      by,
      ...said,
      ...ended,
      durationMs: now() - startedAt,
    });
  };
}

/** The reason of an answer, by which it is known again. */
function whyOf({ room, eventID }: ChatCall): string {
  return `button in chat ${room}, event ${eventID}`;
}

/** Whether a finding's item says that this answer, and no other, was carried out. */
function wasCarriedOut(item: Attributes, why: string): boolean {
  return approvalIn(item)?.why === why
    ? item.outcome?.S !== "awaiting-approval" && item.outcome?.S !== "delayed"
    : item.outcome?.S === "rejected" && item.reason?.S?.endsWith(`: ${why}`) === true;
}

/** The item of an answer that was taken. */
function keyOf(eventID: string): string {
  return `request#${hashOf(`answer ${eventID}`)}`;
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}
