import { createIdsByTime, minuteMs } from "../aws/ids-by-time";
import type { Invocation } from "../aws/platform";
import type { Attributes, Table } from "../aws/table";
import { forEachAtMost } from "../concurrency";
import type { Detection } from "../detections/detection";
import type { Finding } from "../detections/finding";
import { fieldsOf, textOf } from "../json";
import { problemOf } from "../problem";
import type { HandledRecord, HandleRecord } from "./handle-record";
import { findingIn } from "./kept-finding";

/** The event that has the function make the delayed fixes that are due. */
export interface DueFixes {
  cloudtrailer: "due-fixes";
}

/** Whether an event asks for that. */
export function asksForDueFixes(event: unknown): event is DueFixes {
  return fieldsOf(event).cloudtrailer === "due-fixes";
}

/** What became of the delayed fixes that are due. */
export interface DueReport {
  /** IDs of the first findings that were taken up. */
  findings: string[];
  /** How many ended how. */
  outcomes: Record<string, number>;
  /** How many were taken up. */
  takenUp: number;
  /** How many are left to a later look. */
  left: number;
  /** The first problems, and how many there were. */
  errors: string[];
  errorsInAll: number;
}

/** Delayed fixes. */
export interface Delays {
  /** Remembers that a finding is to be fixed. @param fixAt ISO date-time, a whole minute */
  note(id: string, fixAt: string): Promise<void>;
  /**
   * Has everything that is due handled anew, minute by minute, also what an earlier look has left or died with. A finding is
   * taken up by one look; what cannot be handled now is looked at again, later and later, at last every hour.
   */
  makeDue(handleRecord: HandleRecord, invocation: Invocation): Promise<DueReport>;
}

/** What that needs. */
export interface DelaysDependencies {
  table: Table;
  /** All detections, also those that are off. */
  catalogue: Detection[];
  /** Epoch ms. */
  now(): number;
}

/** The item that has the last minute that was looked at (`checked`), and the last one for which a fix is noted (`latest`). */
export const delaysKey = "watch#due-fixes";

/** How far back is looked, in minutes: so long the function may have stood still. Their lists are kept a little longer. */
const maxMinutes = 71 * 60;

/** Findings handled together: all of them are held in memory. */
const atOnce = 100;

/** Items read concurrently. */
const atATime = 8;

/** Minutes until the next look at a finding that could not be handled for long. */
const maxPause = 60;

/** Findings and errors in a report. */
const maxReported = 50;

/** Time kept in an invocation for noting what is left, in ms; if its timeout is short, a fifth of that. */
const toEndMs = 20_000;

/** Creates what delays fixes, and makes them. */
export function createDelays({ table, catalogue, now }: DelaysDependencies): Delays {
  const ids = createIdsByTime(table, "due#", minuteMs);

  const noteFor = async (minute: number, some: string[]): Promise<void> => {
    await ids.note(minute, some);
    await table.update(delaysKey, {
      set: { latest: { N: String(minute) } },
      // Nothing was ever noted before: what comes is in minutes after this one.
      setIfMissing: { checked: { N: String(minuteOf(now())) } },
      condition: {
        expression: "attribute_not_exists(latest) OR latest < :minute",
        values: { ":minute": { N: String(minute) } },
      },
    });
  };

  /** Takes a finding up, unless it is over or another invocation has it. */
  const take = async (id: string): Promise<Taken | undefined> => {
    const item = await table.get(id);
    if (!isPending(item, now())) return undefined;
    const fixAt = item.fixAt?.S ?? "";
    if (item.state?.S !== "done") {
      // Whoever took it up has it, or has died with it.
      const isHeld = Number(item.leaseUntil?.N ?? 0) > now();
      return isHeld ? { id, fixAt } : { id, fixAt, finding: findingFrom(id, item, catalogue) };
    }
    const { changed } = await table.update(id, {
      // Over, so that this invocation can claim it. A yes to other calls than would fix it now has had its answer.
      set: { state: { S: "claimed" }, leaseUntil: { N: String(now() - 1) } },
      remove: ["approval"],
      condition: {
        expression: "outcome = :delayed AND state = :done",
        values: { ":delayed": { S: "delayed" }, ":done": { S: "done" } },
      },
    });
    return changed ? { id, fixAt, finding: findingFrom(id, item, catalogue) } : { id, fixAt };
  };

  /** Handles some findings. @returns those that are left */
  const handleSome = async (
    some: string[],
    handle: (findings: Finding[]) => Promise<HandledRecord>,
    report: DueReport,
  ): Promise<Pick<Taken, "id" | "fixAt">[]> => {
    const left: Pick<Taken, "id" | "fixAt">[] = [];
    const taken: Taken[] = [];
    const results = await forEachAtMost(atATime, some, take);
    results.forEach((one, index) => {
      if (one.status === "fulfilled") taken.push(...(one.value === undefined ? [] : [one.value]));
      else {
        addError(report, problemOf(one.reason));
        left.push({ id: some[index] ?? "", fixAt: "" });
      }
    });
    const findings = taken.flatMap(({ finding }) => finding ?? []);
    report.takenUp += findings.length;
    report.findings.push(...findings.map(({ id }) => id).slice(0, maxReported - report.findings.length));
    if (findings.length > 0) noteHandled(await handle(findings), report);
    // The table says what is over: a finding that was handled is done.
    const after = await forEachAtMost(atATime, taken, async ({ id }) =>
      isPending(await table.get(id), now()),
    );
    taken.forEach(({ id, fixAt }, index) => {
      const one = after[index];
      if (one?.status !== "fulfilled" || one.value) left.push({ id, fixAt });
    });
    return left;
  };

  const makeDue: Delays["makeDue"] = async (handleRecord, invocation) => {
    const report: DueReport = { findings: [], outcomes: {}, takenUp: 0, left: 0, errors: [], errorsInAll: 0 };
    const { checked, latest } = await table.get(delaysKey);
    if (checked === undefined || latest === undefined) return report;
    const kept = Math.min(toEndMs, invocation.getRemainingTimeInMillis() / 5);
    const isTimeUp = () => invocation.getRemainingTimeInMillis() < kept;
    const handle = (findings: Finding[]) => handleRecord({ findings }, invocation);
    const current = minuteOf(now());
    const last = Math.min(current, Number(latest.N));
    const first = Math.max(Number(checked.N) + 1, current - maxMinutes);
    for (let minute = first; minute <= last && !isTimeUp(); minute++) {
      const noted = await ids.noted(minute);
      const later = new Map<number, string[]>();
      const leave = (id: string, fixAt: string) => {
        const next = minuteOf(now()) + pauseAfter(fixAt, now());
        later.set(next, [...(later.get(next) ?? []), id]);
        report.left++;
      };
      for (let at = 0; at < noted.length; at += atOnce) {
        const some = noted.slice(at, at + atOnce);
        if (isTimeUp()) for (const id of some) leave(id, "");
        else for (const { id, fixAt } of await handleSome(some, handle, report)) leave(id, fixAt);
      }
      // Before the minute is done: whoever comes after an invocation that died here begins with this minute.
      for (const [next, some] of later) await noteFor(next, some);
      await table.update(delaysKey, {
        set: { checked: { N: String(minute) } },
        condition: { expression: "checked < :minute", values: { ":minute": { N: String(minute) } } },
      });
    }
    return report;
  };

  return {
    // A minute that may be looked at already is too early for what is only being noted.
    note: (id, fixAt) => noteFor(Math.max(minuteOf(Date.parse(fixAt)), minuteOf(now()) + 1), [id]),
    makeDue,
  };
}

/** A finding that is due. Without `finding`, another invocation has it. */
interface Taken {
  id: string;
  fixAt: string;
  finding?: Finding;
}

/** When a fix that is decided now is made: a whole minute, ISO. @param now epoch ms */
export function fixAtOf(now: number, afterMinutes: number): string {
  return new Date(Math.ceil(now / minuteMs + afterMinutes) * minuteMs).toISOString();
}

/** Minutes since 1970. */
function minuteOf(at: number): number {
  return Math.floor(at / minuteMs);
}

/** Whether a finding waits for its delayed fix, and that is due: nobody has taken it up, or whoever did has not finished. */
function isPending({ fixAt, state, outcome }: Attributes, now: number): boolean {
  if (fixAt?.S === undefined || !(Date.parse(fixAt.S) <= now)) return false;
  return state?.S !== "done" || outcome?.S === "delayed";
}

/** Minutes until the next look at what could not be handled: as many as it is late. */
function pauseAfter(fixAt: string, now: number): number {
  const late = Math.floor((now - Date.parse(fixAt)) / minuteMs);
  return Number.isNaN(late) ? 1 : Math.min(maxPause, Math.max(1, late));
}

function noteHandled({ entry, errors }: HandledRecord, report: DueReport): void {
  for (const error of errors.first) addError(report, error);
  for (const [outcome, count] of Object.entries(fieldsOf(entry.outcomes)))
    report.outcomes[outcome] = (report.outcomes[outcome] ?? 0) + Number(count);
}

function addError(report: DueReport, error: string): void {
  report.errorsInAll++;
  if (report.errors.length < maxReported) report.errors.push(error);
}

/** The finding of an item, also when its detection is not in the catalogue any more: then there is no fix, and an alert says so. */
function findingFrom(id: string, item: Attributes, catalogue: Detection[]): Finding {
  const finding = findingIn(id, item, catalogue) ?? findingIn(id, item, [removedDetection(id, item)]);
  if (finding === undefined)
    throw new Error(`too little is kept of ${id} to plan its fix anew: fix it by hand`);
  return finding;
}

function removedDetection(id: string, { about }: Attributes): Detection {
  const { title } = fieldsOf(JSON.parse(about?.S ?? "{}"));
  return {
    id: id.slice(id.lastIndexOf("#") + 1),
    title: textOf(title) ?? id,
    severity: "high",
    tier: "own",
    noise: "rare",
    remediation: "alert",
    events: [],
    match: () => undefined,
    runbook: ["The detection was removed while its fix was waiting: look at the call, and fix it by hand."],
    falsePositives: [],
    references: [],
  };
}
