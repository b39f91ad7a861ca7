import type { Invocation } from "../aws/platform";
import type { Severity } from "../settings";
import type { PersonRequest } from "./person-request";

/** What is done about a request that is let. */
export interface Granted {
  /** The alert that is published before anything is done; none for what another alert says. */
  alert?: RequestAlert;
  /** @returns what came of it, for people */
  carryOut(): Promise<string | void>;
}

/** What people are to know of a request. */
export interface RequestAlert {
  /** `The switch is set to alert for all detections`; who asked follows. */
  title: string;
  severity: Severity;
  /** What it means, for people. */
  meaning: string;
  detection?: string;
  finding?: string;
}

/** Why a request is not let. */
export interface Refused {
  refused: string;
  /** The person may not ask this, whatever they say: that is alerted. */
  notAllowed?: true;
}

/** Decides about requests of persons who are known. */
export type DecideRequest = (
  request: PersonRequest,
  by: string,
  invocation: Invocation,
) => Promise<Granted | Refused>;
