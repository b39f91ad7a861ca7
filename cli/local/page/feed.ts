import { clean } from "../../../handlers/alerts/clean";
import { smsOf, subjectOf, textOfAlert } from "../../../handlers/alerts/render";
import { isAlert } from "../../../local/stack";
import { outcomeGroupOf } from "../../report/model";

/** What the page shows of something that happened. JSON only. */
export interface PageEvent {
  /** Counts up, so that a page that reconnects gets each once. */
  number: number;
  /** ISO, UTC. */
  at: string;
  kind: "call" | "log file" | "alert" | "watch" | "rule" | "error" | "rollback";
  text: string;
  alert?: ShownAlert;
}

/** An alert about a finding, as it looks to those who get it. */
export interface ShownAlert {
  finding: string;
  detection: string;
  severity: string;
  outcome: string;
  /** CSS class of the outcome. */
  group: string;
  title: string;
  subject: string;
  mail: string;
  sms: string;
  canRollBack: boolean;
}

/** What happened, for pages that are open and for those that will be. */
export interface Feed {
  add(kind: PageEvent["kind"], text: string, message?: unknown): void;
  /** Calls `listener` with what is kept from after `number`, and with whatever follows. @returns the end of it */
  follow(number: number, listener: (event: PageEvent) => void): () => void;
}

/** Events that are kept. */
const maxKept = 500;

export function createFeed(now: () => number = Date.now): Feed {
  const kept: PageEvent[] = [];
  const listeners = new Set<(event: PageEvent) => void>();
  let number = 0;
  return {
    add(kind, text, message) {
      number++;
      const event: PageEvent = { number, at: new Date(now()).toISOString(), kind, text };
      const alert = shownAlertOf(message);
      if (alert !== undefined) event.alert = alert;
      kept.push(event);
      if (kept.length > maxKept) kept.shift();
      for (const listener of listeners) listener(event);
    },
    follow(after, listener) {
      for (const event of kept) if (event.number > after) listener(event);
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/** What was published, if it is an alert about a finding. */
function shownAlertOf(message: unknown): ShownAlert | undefined {
  if (!isAlert(message)) return undefined;
  const { id, detection, severity, outcome, title } = message;
  return {
    finding: id,
    detection,
    severity,
    outcome,
    group: outcomeGroupOf(outcome),
    title: clean(title),
    subject: subjectOf(message),
    mail: textOfAlert(message),
    sms: smsOf(message),
    canRollBack: message.rollback !== undefined,
  };
}
