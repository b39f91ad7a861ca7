import { createHash, randomUUID } from "node:crypto";
import type { IdentifyCaller } from "./aws/caller";
import type { Invocation } from "./aws/platform";
import type { Table } from "./aws/table";
import type { AlertedRequest, ReportUnproven } from "./alerts/summaries";
import type { OncePerHour } from "./findings/once-per-hour";
import {
  hashOfRequest,
  parsePersonRequest,
  type PersonRequest,
  type RequestAnswer,
  type RequestEvent,
} from "./findings/person-request";
import type { DecideRequest } from "./findings/granted";
import type { Log } from "./log";
import { matchesAny } from "./pattern";
import type { Settings } from "./settings";

/** What requests are handled with. */
export interface OnRequestDependencies {
  settings: Pick<
    Settings,
    "account" | "findingsDays" | "operators" | "region" | "roleName" | "table" | "team"
  >;
  log: Log;
  identify: IdentifyCaller;
  table: Table;
  decide: DecideRequest;
  oncePerHour: OncePerHour;
  alertRequest(request: AlertedRequest): Promise<void>;
  reportUnproven: ReportUnproven;
  /** Epoch ms. */
  now(): number;
}

/** How a request ended, for its entry in the log. */
interface Ended {
  outcome: "accepted" | "refused" | "unproven";
  by?: string;
  reason?: string;
  /** What came of an accepted one, for people. */
  result?: string;
}

/**
 * Makes the handler of `{"cloudtrailer":"request"}`: what a person asks of the function. Being able to invoke it is worth
 * nothing: the request has to prove who asks (handlers/aws/caller.ts), by a proof that is bound to every word of it, is good
 * for minutes, and is taken once.
 *
 * In this order: who asks, whether they may ask, whether it was asked before, what it comes to, the alert, and only then the
 * deed. What AWS fails at is thrown, and then nothing was done, or the alert says that it is about to be.
 */
export function createOnRequest(dependencies: OnRequestDependencies) {
  const { settings, log, identify, table, decide, oncePerHour, alertRequest, reportUnproven, now } =
    dependencies;

  /** Takes note that a request is being handled: false when it was before. */
  const claim = async (request: PersonRequest, hash: string, by: string): Promise<boolean> => {
    const owner = randomUUID();
    const { verb, why } = request;
    const expiresAt = { N: String(Math.floor(now() / 1000) + settings.findingsDays * 86_400) };
    const texts = {
      owner,
      verb,
      by,
      why,
      request: JSON.stringify(request),
      at: new Date(now()).toISOString(),
    };
    const claimed = await table.update(requestKey(hash), {
      set: { ...Object.fromEntries(Object.entries(texts).map(([name, S]) => [name, { S }])), expiresAt },
      condition: { expression: "attribute_not_exists(id)" },
    });
    // Not changed, and ours: the note was made and its answer lost, so that the SDK found what it had written itself.
    return claimed.changed || (await table.get(requestKey(hash))).owner?.S === owner;
  };

  const note = async (hash: string, { outcome, reason }: Ended): Promise<void> => {
    const set = { outcome: { S: outcome }, ...(reason === undefined ? {} : { reason: { S: reason } }) };
    await table.update(requestKey(hash), { set });
  };

  const unproven = async (reason: string, by?: string): Promise<Ended> => {
    await reportUnproven({ what: "request", reason });
    return { outcome: "unproven", reason, ...(by === undefined ? {} : { by }) };
  };

  /** Somebody who is known, and may not ask. */
  const refused = async ({ verb, why }: PersonRequest, by: string, reason: string): Promise<Ended> => {
    await oncePerHour(`watch#refused#${hashOf(by)}`, () =>
      alertRequest({
        verb,
        by,
        why,
        title: `A request was refused: ${verb}`,
        severity: "high",
        meaning: reason,
        outcome: "refused",
      }),
    );
    return { outcome: "refused", by, reason };
  };

  const handled = async (
    event: RequestEvent,
    invocation: Invocation,
  ): Promise<Ended & { verb?: string; why?: string }> => {
    const parsed = parsePersonRequest(event.request);
    if ("problem" in parsed) return unproven(parsed.problem);
    const { request } = parsed;
    const { verb, why } = request;
    const ended = (one: Ended) => ({ verb, why, ...one });
    if (request.table !== settings.table || request.region !== settings.region)
      return ended(
        await unproven(
          `expected a request to ${settings.table} in ${settings.region}, found one to ${request.table} in ${request.region}`,
        ),
      );
    const hash = hashOfRequest(request);
    const caller = await identify(event.proof, hash);
    if ("unproven" in caller) return ended(await unproven(caller.unproven));
    const by = caller.arn;
    const notAllowed = whyNotAllowed(caller, verb, settings);
    if (notAllowed !== undefined) return ended(await refused(request, by, notAllowed));
    if (!(await claim(request, hash, by)))
      return ended(await unproven(`the request of ${by} was made before, and is taken once`, by));
    const decided = await decide(request, by, invocation);
    if ("refused" in decided) {
      const refusal: Ended =
        decided.notAllowed === true
          ? await refused(request, by, decided.refused)
          : { outcome: "refused", by, reason: decided.refused };
      await note(hash, refusal);
      return ended(refusal);
    }
    // First: whatever ends this function now, nobody has changed anything without a word.
    if (decided.alert !== undefined) await alertRequest({ verb, by, why, ...decided.alert });
    const result = await decided.carryOut();
    const accepted: Ended = { outcome: "accepted", by, ...(result === undefined ? {} : { result }) };
    await note(hash, accepted);
    return ended(accepted);
  };

  return async (event: RequestEvent, invocation: Invocation): Promise<RequestAnswer> => {
    const startedAt = now();
    const { outcome, by, reason, result, verb, why } = await handled(event, invocation);
    log.entry(outcome === "accepted" ? "info" : "error", "request", {
      team: settings.team,
      requestId: invocation.awsRequestId,
      verb,
      by,
      why,
      outcome,
      reason,
      result,
      durationMs: now() - startedAt,
    });
    if (outcome === "accepted" && by !== undefined) {
      const answer = { accepted: true, by, at: new Date(startedAt).toISOString() } as const;
      return result === undefined ? answer : { ...answer, result };
    }
    return { accepted: false, ...(by === undefined ? {} : { by }), reason: reason ?? outcome };
  };
}

/** The item of a request that was handled. */
function requestKey(hash: string): string {
  return `request#${hash}`;
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}

/** Why somebody who is known may ask nothing; undefined when they may. */
function whyNotAllowed(
  { arn, account }: { arn: string; account: string },
  verb: PersonRequest["verb"],
  { account: own, roleName, operators = [] }: OnRequestDependencies["settings"],
): string | undefined {
  if (account !== own) return `expected somebody of the account ${own}, found ${arn}`;
  if (arn.split(":")[5]?.startsWith(`assumed-role/${roleName}/`))
    return `expected a person, found the role of this system itself: ${arn}`;
  // Approvers are a list of their own, which decides later.
  if (verb === "approve" || verb === "deny") return undefined;
  if (operators.length > 0 && !matchesAny(operators, arn))
    return `expected one of the configuration's operators, found ${arn}`;
  return undefined;
}
