import { unprovenEvent } from "../../handlers/findings/unproven";
import { matchesPattern } from "../../handlers/pattern";
import { severities } from "../../handlers/settings";
import { didYouMean } from "../../infra/checks";
import { knownIds } from "../own-catalogue";
import { type Options, usageError } from "../verb";
import type { KeptFinding } from "./kept";

/** What of a finding can be filtered: of one in the table, or of a replayed one, which has no outcome. */
export type Filtered = Pick<KeptFinding, "severity" | "detection" | "account" | "region"> & {
  /** ARN or name; matched by any of them. */
  actor: string | string[];
  outcome?: string;
};

/** Options that narrow a list of findings, however it was made. */
export const commonFilterOptions = {
  severity: {
    type: "string",
    value: "SEVERITY",
    description: `minimum severity: ${severities.join(", ")}`,
  },
  actor: { type: "string", value: "PATTERN", description: "by this actor: an ARN or a name, with * and ?" },
  detection: { type: "string", value: "ID", description: "of this detection" },
  account: { type: "string", value: "ID", description: "in this account" },
  region: { type: "string", value: "NAME", description: "of calls in this region (not the stack's)" },
} as const satisfies Options;

/** Options that narrow a list of findings in the table. */
export const filterOptions = {
  ...commonFilterOptions,
  "at-most": {
    type: "string",
    value: "SEVERITY",
    description: "maximum severity; with low, what a summary below medium is about",
  },
  outcome: { type: "string", value: "OUTCOME", description: "such as fixed, planned, refused or failed" },
} as const satisfies Options;

type FilterValues = Partial<Record<keyof typeof filterOptions, string | undefined>>;

/** Values of `--outcome`. */
export const outcomes = [
  "fixed",
  "planned",
  "awaiting-approval",
  "delayed",
  "rejected",
  "expired",
  "already-ok",
  "changed-since",
  "needs-baseline",
  "refused",
  "failed",
  "alerted",
  "unproven",
  "imported",
  "unfinished",
];

/** Creates the filter from options. @throws a usage error for a value that no finding can have */
export function filterOf(values: FilterValues): (finding: Filtered) => boolean {
  const { severity, actor, detection, account, region, outcome, "at-most": most } = values;
  expectOneOf("severity", severity, [...severities]);
  expectOneOf("at-most", most, [...severities]);
  expectOneOf("outcome", outcome, outcomes);
  if (detection !== undefined) expectOneOf("detection", detection, [...knownIds(), unprovenEvent.id]);
  const least = severities.findIndex((one) => one === severity);
  return (finding) =>
    (least < 0 || severities.indexOf(finding.severity) <= least) &&
    (most === undefined ||
      severities.indexOf(finding.severity) >= severities.findIndex((one) => one === most)) &&
    (actor === undefined || [finding.actor].flat().some((one) => matchesPattern(actor, one))) &&
    (detection === undefined || finding.detection === detection) &&
    (account === undefined || finding.account === account) &&
    (region === undefined || finding.region === region) &&
    (outcome === undefined || finding.outcome === outcome);
}

function expectOneOf(option: string, given: string | undefined, known: string[]): void {
  if (given === undefined || known.includes(given)) return;
  const all =
    known.length <= 10 ? ` one of ${known.join(", ")}` : " an ID that `cloudtrailer detections` lists";
  throw usageError(
    `expected --${option} to be${all}, found ${JSON.stringify(given)}${didYouMean(given, known)}`,
  );
}
