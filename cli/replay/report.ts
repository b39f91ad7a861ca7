import type { ObjectKey } from "../../handlers/cloudtrail/notification";
import type { CloudTrailRecord } from "../../handlers/cloudtrail/record";
import type { Found } from "./found";
import type { Problem } from "./problems";

/** Lines named per kind of problem. */
const maxLines = 5;
/** Kinds of non-records distinguished per file. */
const maxKinds = 100;
/** Broken places reported per file. */
const maxBroken = 20;

/** Receives a text's records and log files. */
export interface Taker {
  /** @param place the file, and the line if that helps */
  record(record: CloudTrailRecord, place: string): void;
  object(object: ObjectKey): void;
}

/** What was found in one file and, at its end, what there is to say about it. */
export interface Report extends Found {
  problems(): Problem[];
  /** The number of records. */
  records(): number;
}

/** Creates the report on one file. If its records are on several lines, the line is part of their place. */
export function createReport(name: string, isNamed: boolean, taker: Taker): Report {
  let records = 0;
  let understood = 0;
  const passed = new Map<string, number>();
  const odd = new Map<string, { count: number; lines: number[]; example?: string }>();
  const broken: string[] = [];
  let moreBroken = 0;
  const notes = new Set<string>();
  /** A record is held back until it is known whether others are on other lines. */
  let held: { record: CloudTrailRecord; line: number }[] = [];
  let hasLines = false;

  function release(): void {
    for (const { record, line } of held) taker.record(record, hasLines ? `${name}:${line}` : name);
    held = [];
  }

  function oddReasons(): string[] {
    return [...odd].map(([what, { count, lines, example }]) => {
      const where = `line${lines.length > 1 ? "s" : ""} ${lines.join(", ")}${count > lines.length ? ", …" : ""}`;
      return `${count > 1 ? `${count.toLocaleString("en")} times ` : ""}${what} (${where}${example === undefined ? "" : `: ${JSON.stringify(example)}`})`;
    });
  }

  function foundOdd(): string {
    const kinds = [...odd].slice(0, 3);
    return kinds
      .map(([what, { example }]) => (example === undefined ? what : `${what}: ${JSON.stringify(example)}`))
      .join("; ");
  }

  return {
    record(record, line) {
      records += 1;
      const first = held[0];
      if (!hasLines && first !== undefined && first.line !== line) hasLines = true;
      held.push({ record, line });
      if (hasLines || held.length > 1000) release();
    },
    object(object) {
      understood += 1;
      taker.object(object);
    },
    passedOver: (what) => passed.set(what, (passed.get(what) ?? 0) + 1),
    odd(what, line, example) {
      // Every line may be odd in its own way.
      const kind = odd.has(what) || odd.size < maxKinds ? what : "something else";
      const own = odd.get(kind) ?? { count: 0, lines: [], example };
      own.count += 1;
      if (own.lines.length < maxLines && own.lines.at(-1) !== line) own.lines.push(line);
      odd.set(kind, own);
    },
    broken(reason, line) {
      if (broken.length < maxBroken) broken.push(`line ${line}: ${reason}`);
      else moreBroken += 1;
    },
    nothing() {
      understood += 1;
    },
    note(text) {
      if (notes.size < maxLines) notes.add(text);
    },
    records: () => records,
    problems() {
      release();
      const problems: Problem[] = [];
      const add = (kind: Problem["kind"], reason: string) => problems.push({ kind, name, reason, isNamed });
      for (const text of notes) add("note", text);
      const lost = records > 0 ? "damaged" : "unreadable";
      for (const reason of broken) add(lost, reason);
      if (moreBroken > 0) add(lost, `and ${moreBroken.toLocaleString("en")} more broken places`);
      const read = records + understood + passed.size;
      if (odd.size > 0 && (read > 0 || broken.length > 0))
        for (const reason of oddReasons().slice(0, maxLines)) add(lost, `not a record: ${reason}`);
      else if (odd.size > 0) add("foreign", `${expectedRecords}, found ${foundOdd()}`);
      else if (read + broken.length === 0) add("foreign", `${expectedRecords}, found none`);
      for (const [what, count] of passed)
        add(
          "passed-over",
          records === 0 || count === 1 ? what : `${count.toLocaleString("en")} times ${what}`,
        );
      return problems;
    },
  };
}

const expectedRecords = "expected CloudTrail records in one of the formats of docs/replay.md";
