import type { CallAws } from "../aws/call";
import { fieldsOf, listOf } from "../json";
import { problemOf, problemOfEntry } from "../problem";
import type { Settings } from "../settings";
import { type Alert } from "./alert";
import { cut } from "./clean";
import { type Forms, formsOf, formsOfSummary } from "./forms";
import { ocsfOf, ocsfOfSummary } from "./ocsf";
import type { Summary } from "./summaries";

/** What the events on the bus say they are. */
export const busSource = "cloudtrailer";
export const findingType = "Detection Finding";
export const summaryType = "Summary";
/** Of the summary of an hour or day, which is only for those who asked for it. */
export const periodType = "Period Summary";

/** EventBridge limits an entry to 256 KB. At worst a character takes three bytes, or is a quote that is escaped again. */
const maxDetail = 80_000;

/** Puts findings on the bus, from which rules pass them on. */
export interface BusPublisher {
  /** @returns why it could not be put there; undefined if it was, or if there is no bus */
  alert(alert: Alert): Promise<string | undefined>;
  summary(summary: Summary): Promise<string | undefined>;
}

/** Creates the publisher. It never throws: whoever gets alerts by e-mail hears what the bus did not take. */
export function createBusPublisher(
  aws: CallAws,
  { findingsBus, region }: Pick<Settings, "findingsBus" | "region">,
  now: () => number = Date.now,
): BusPublisher {
  /** @param detailOfIt called only if there is a bus */
  const put = async (
    type: string,
    resources: string[],
    detailOfIt: () => object,
  ): Promise<string | undefined> => {
    if (findingsBus === "") return undefined;
    try {
      const entry = {
        EventBusName: findingsBus,
        Source: busSource,
        DetailType: type,
        Resources: resources.filter((id) => id.startsWith("arn:") && id.length <= 2_048).slice(0, 10),
        Detail: JSON.stringify(detailOfIt()),
      };
      const answer = await aws({
        service: "events",
        operation: "PutEvents",
        region,
        input: { Entries: [entry] },
      });
      const [answered] = listOf(answer.Entries);
      const isRefused = fieldsOf(answered).ErrorCode !== undefined || Number(answer.FailedEntryCount) > 0;
      return isRefused ? problemOfEntry(answered) : undefined;
    } catch (error) {
      return problemOf(error);
    }
  };
  return {
    alert: (alert) =>
      put(
        findingType,
        alert.what.resources.map(({ id }) => id),
        () => detailOf(alert),
      ),
    summary: (summary) =>
      put(summary.json.summary === "period" ? periodType : summaryType, [], () =>
        detailOfSummary(summary, now()),
      ),
  };
}

/** A Detection Finding of OCSF, with the forms for chat rooms and the like. Without its lists if it would be too long. */
export function detailOf(alert: Alert): object {
  const forms = formsOf(alert);
  const withForms = (from: Alert) => {
    const finding = ocsfOf(from);
    return { ...finding, unmapped: { ...(finding.unmapped as object), forms } };
  };
  const whole = withForms(alert);
  if (JSON.stringify(whole).length <= maxDetail) return whole;
  return withForms({
    ...alert,
    title: cut(alert.title, 300),
    why: [],
    what: {
      ...alert.what,
      resources: alert.what.resources.slice(0, 10).map(({ type, id }) => ({ type, id: cut(id, 300) })),
      ...(alert.what.errorMessage === undefined ? {} : { errorMessage: cut(alert.what.errorMessage, 1_000) }),
    },
    who: { type: cut(alert.who.type, 100), name: cut(alert.who.name, 300) },
    ...(alert.reason === undefined ? {} : { reason: cut(alert.reason, 1_000) }),
    ...(alert.done === undefined
      ? {}
      : { done: { ...alert.done, summary: cut(alert.done.summary, 1_000), calls: [] } }),
    ...(alert.rollback === undefined ? {} : { rollback: { ...alert.rollback, calls: [] } }),
  });
}

/** Also a Detection Finding, with forms. */
function detailOfSummary(summary: Summary, time: number): object {
  const finding = ocsfOfSummary(summary, time);
  const forms: Forms = formsOfSummary(summary);
  return { ...finding, unmapped: { ...(finding.unmapped as object), forms } };
}
