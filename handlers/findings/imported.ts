import type { Attributes, Table } from "../aws/table";
import type { Evidence, Resource } from "../detections/detection";
import type { Settings, Severity } from "../settings";
import type { Invocation } from "../aws/platform";
import type { Granted } from "./granted";
import type { ImportRequest } from "./person-request";
import type { Said } from "./said";
import { bytesOf, dayOf, findingsByDay, importedState, keptResources } from "./store";

/** A finding of old log files, as the table keeps it. */
export interface ImportedFinding {
  /** `<eventID>#<detection id>` */
  id: string;
  detection: string;
  severity: Severity;
  title: string;
  account: string;
  region: string;
  /** ARN or name. */
  actor: string;
  /** `AttachUserPolicy` */
  event: string;
  /** ISO, UTC, as in the record. */
  eventTime: string;
  /** The same, epoch ms. */
  at: number;
  resources: Resource[];
  evidence: Evidence[];
  /** The log file. */
  source: string;
}

/** Who has put a finding into the table, and of which hunt it is. */
export interface ImportedBy extends Said {
  hunt: string;
}

/** What came of one request for the findings of a hunt. JSON: the answer's result. */
export interface ImportCounts {
  imported: number;
  /** Findings that the table had, imported or handled. */
  already: number;
  /** Findings, and results, that were not imported, by reason. */
  refused: Record<string, number>;
  /** Where the next request goes on; undefined at the end. */
  next?: number;
}

/**
 * Goes through the findings of a hunt.
 *
 * @param put keeps a finding, unless the table has it @returns whether it was kept
 */
export type ImportHunt = (
  request: Pick<ImportRequest, "hunt" | "batches" | "from">,
  put: (finding: ImportedFinding) => Promise<boolean>,
  invocation: Invocation,
) => Promise<ImportCounts>;

/** What importing needs. */
export interface ImportDependencies {
  settings: Pick<Settings, "team" | "findingsDays">;
  table: Table;
  /** Omitted without hunts. */
  importHunt?: ImportHunt | undefined;
  /** Epoch ms. */
  now(): number;
}

/** Bytes kept of the evidence: DynamoDB limits an item to 400 KB. */
const maxEvidence = 60_000;

/** The item that says that the findings of a hunt are in the table, and who has put them there. */
function noteKey(hunt: string): string {
  return `import#${hunt}`;
}

/**
 * Creates the decision about a request to put the findings of a hunt into the table. What the table has stays as it is, so that
 * importing again changes nothing. They are found by the day of their call, not by that of the import.
 */
export function createImportVerb({ settings, table, importHunt, now }: ImportDependencies) {
  const expiresAt = () => ({ N: String(Math.floor(now() / 1000) + settings.findingsDays * 86_400) });

  const put = async (finding: ImportedFinding, by: ImportedBy): Promise<boolean> => {
    const { id, at, severity, evidence, resources, ...about } = finding;
    const kept = JSON.stringify(evidence);
    const texts: Record<string, string> = {
      owner: "import",
      state: importedState,
      outcome: "imported",
      severity,
      reason: `found in old log files by the hunt ${by.hunt}; nothing was done about it`,
      about: JSON.stringify({
        team: settings.team,
        ...about,
        severity,
        resources: keptResources(resources),
        imported: by,
      }),
      updatedAt: new Date(now()).toISOString(),
      [findingsByDay.hashKey]: dayOf(at),
      [findingsByDay.rangeKey]: new Date(at).toISOString(),
      ...(bytesOf(kept) <= maxEvidence ? { evidence: kept } : {}),
    };
    const set: Attributes = {
      ...Object.fromEntries(Object.entries(texts).map(([name, S]) => [name, { S }])),
      // Nobody holds it.
      leaseUntil: { N: "0" },
      expiresAt: expiresAt(),
    };
    const { changed } = await table.update(id, {
      set,
      condition: { expression: "attribute_not_exists(id)" },
    });
    return changed;
  };

  return async (
    request: ImportRequest,
    person: string,
    invocation: Invocation,
  ): Promise<Granted | { refused: string }> => {
    if (importHunt === undefined)
      return { refused: "expected a stack with hunts, found one without cloudtrailer:history" };
    const { hunt, why } = request;
    const by: ImportedBy = { hunt, by: person, why, at: new Date(now()).toISOString() };
    // A hunt takes several requests, of which people hear once.
    const isKnown = (await table.get(noteKey(hunt))).by?.S === person;
    return {
      ...(isKnown ? {} : { alert: alertOf(hunt) }),
      async carryOut() {
        const note = { by: { S: person }, why: { S: why }, at: { S: by.at }, expiresAt: expiresAt() };
        if (!isKnown) await table.update(noteKey(hunt), { set: note });
        return JSON.stringify(await importHunt(request, (finding) => put(finding, by), invocation));
      },
    };
  };
}

function alertOf(hunt: string): Granted["alert"] {
  return {
    title: `Findings of old log files are put into the table: hunt ${hunt}`,
    severity: "low",
    meaning:
      "They are marked as imported, nothing is fixed, and there are no alerts of them. What the table has stays as it is, " +
      "and a record that comes later is handled as if it had not been imported.",
  };
}
