import type { Context } from "aws-lambda";
import type { CallAws } from "./call";
import type { CertificateAt } from "./sns-signature";

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
}

/** What the handler uses of Lambda's context. */
export type Invocation = Pick<Context, "awsRequestId" | "getRemainingTimeInMillis">;
