import type { Ask } from "../detections/ask";
import { createSeenState, type Fact } from "../detections/seen-state";
import type { CloudTrailRecord } from "../cloudtrail/record";
import { nameOf } from "../cloudtrail/record";
import type { Detection } from "../detections/detection";
import type { Find, ReplayAsked, ReplayFinding } from "./find";

/** Answers detections' questions from other records. */
export interface Answering {
  /** Takes the contents of one file, or of one with earlier records, which raise no questions. */
  add(found: { facts: Fact[]; asked: ReplayAsked[] }): void;
  /** The findings, and what could not be decided from these files. At the end, because records come in any order. */
  end(): { findings: ReplayFinding[]; open: string[] };
}

/**
 * Gathers all questions and everything that is known, in memory.
 *
 * @param detections those that are on, by ID
 */
export function createAnswering(
  detections: ReadonlyMap<string, Detection>,
  { shown, asking }: Pick<Find, "shown" | "asking">,
): Answering {
  const seen = createSeenState();
  const all: ReplayAsked[] = [];
  return {
    add({ facts, asked }) {
      for (const fact of facts) seen.note(fact);
      for (const one of asked) all.push(one);
    },
    end() {
      const findings: ReplayFinding[] = [];
      const open = new Map<CloudTrailRecord | string, string>();
      for (const { detection: id, asks, record, source } of all) {
        const detection = detections.get(id);
        if (detection === undefined) continue;
        const answers = asks.map((ask) => seen.answer(ask, record) ?? { unknown: "no record shows it" });
        const decided = asking.decide({ detection, record, asks }, answers);
        if (decided === undefined) continue;
        if (!("open" in decided)) findings.push(shown(decided, record, source));
        // Several detections may ask about one call, and files may contain it twice.
        else if (asks[0] !== undefined) open.set(record.eventID || record, whatIsOpen(asks[0], record));
      }
      return { findings, open: counts([...open.values()]) };
    },
  };
}

/** What a question leaves open, in the singular; see below for the plural. */
function whatIsOpen({ kind }: Ask, record: CloudTrailRecord): string {
  const name = nameOf(record);
  if (kind === "groupPolicies") return "addition|to a group whose policies are not in these files";
  if (kind === "functionLoaders") return "change|of a function's environment, which no record shows";
  if (kind === "trail") return "change|of a trail whose earlier settings are not in these files";
  if (name.startsWith("Attach")) return "attachment|of policies whose documents are not in these files";
  if (name === "SetDefaultPolicyVersion")
    return "change|of a policy's default version whose document is not in these files";
  return "permissions boundary|whose document is not in these files";
}

/** `3 attachments of policies whose documents are not in these files`; duplicates count once. */
function counts(open: string[]): string[] {
  return [...new Set(open)].map((what) => {
    const [thing = "", rest = ""] = what.split("|");
    const count = open.filter((one) => one === what).length;
    const things = thing.endsWith("y") ? `${thing.slice(0, -1)}ies` : `${thing}s`;
    return `${count.toLocaleString("en")} ${count === 1 ? thing : things} ${rest}`;
  });
}
