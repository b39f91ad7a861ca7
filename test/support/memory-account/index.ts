import type { Call, CallAws } from "../../../handlers/aws/call";
import type { CloudTrailRecord } from "../../../handlers/cloudtrail/record";
import { account, aRecord, awsError, region } from "../factories";
import { cloudtrail } from "./cloudtrail";
import { ec2 } from "./ec2";
import { iam } from "./iam";
import { kms } from "./kms";
import type { Service } from "./operation";
import { s3 } from "./s3";

/** An account in memory: trails, buckets, rules of security groups, roles and keys, as far as their remediations know them. */
export interface MemoryAccount {
  aws: CallAws;
  /**
   * Makes a call as a user does. @returns its record; undefined if AWS refused it, or no trail was logging
   *
   * @param own of the record
   */
  attack(
    call: Pick<Call, "service" | "operation" | "input">,
    own: Own,
  ): Promise<CloudTrailRecord | undefined>;
  /** Makes a call of which nobody hears: before the story begins. */
  make(service: string, operation: string, input: Record<string, unknown>): Promise<void>;
  /** Whether a call would change something, as far as this account knows it. */
  changes(call: Pick<Call, "service" | "operation">): boolean;
  /** All of it, for comparing. */
  state(): unknown;
}

/** What a record has besides its call. */
export interface Own {
  eventID: string;
  /** Epoch ms. */
  at: number;
  user: string;
}

/** Makes an account with nothing in it. */
export function aMemoryAccount(): MemoryAccount {
  const trails = cloudtrail();
  const services: Record<string, Service> = {
    cloudtrail: trails,
    ec2: ec2(),
    iam: iam(),
    kms: kms(),
    s3: s3(),
  };

  const operationOf = (service: string, operation: string) => {
    const found = services[service]?.operations[operation];
    // No passing error: this account has no such thing.
    if (found === undefined) throw awsError("AccessDenied", `no ${service}:${operation} in memory`);
    return found;
  };

  const aws: CallAws = async ({ service, operation, input }) => operationOf(service, operation).run(input);

  return {
    aws,
    changes: ({ service, operation }) => services[service]?.operations[operation]?.recorded !== undefined,
    make: async (service, operation, input) => {
      operationOf(service, operation).run(input);
    },
    state: () =>
      Object.fromEntries(Object.entries(services).map(([name, service]) => [name, service.state()])),
    async attack({ service, operation, input }, { eventID, at, user }) {
      const { run, recorded } = operationOf(service, operation);
      if (recorded === undefined) throw new Error(`${operation} only reads`);
      const isRecorded = trails.isRecording();
      let answer: Record<string, unknown>;
      try {
        answer = run(input);
      } catch {
        return undefined;
      }
      if (!isRecorded) return undefined;
      const arn = `arn:aws:iam::${account}:user/${user}`;
      return aRecord({
        eventID,
        eventTime: `${new Date(at).toISOString().slice(0, 19)}Z`,
        eventSource: `${service}.amazonaws.com`,
        eventName: recorded.eventName ?? operation,
        awsRegion: service === "iam" ? "us-east-1" : region,
        userIdentity: { type: "IAMUser", userName: user, arn, accountId: account, principalId: user },
        requestParameters: recorded.requestParameters(input),
        responseElements: recorded.responseElements?.(answer) ?? null,
      });
    },
  };
}
