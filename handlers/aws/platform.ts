import type { Context } from "aws-lambda";
import type { CallAws } from "./call";
import type { CertificateAt } from "./sns-signature";
import type { SendGet } from "./caller";

/** What the handler needs besides its settings: everything that has effects, and the clock. */
export interface Platform {
  aws: CallAws;
  /** Reads the certificates with which SNS signs; from SNS itself if omitted. */
  certificateAt?: CertificateAt;
  /** Writes one line to CloudWatch Logs. */
  write(line: string): void;
  /** Epoch ms. */
  now(): number;
  pause(ms: number): Promise<void>;
  /** Sends to STS what has to be sent as it is signed; by Node's own client when it is left out. */
  send?: SendGet;
  /** Of AWS on this machine; AWS's own when it is left out. */
  endpoint?: string | undefined;
}

/** What the handler uses of Lambda's context. */
export type Invocation = Pick<Context, "awsRequestId" | "getRemainingTimeInMillis">;
