import type { Call, CallAws } from "./call";
import { isPassing } from "./retries";
import { awsServices, type SdkClient } from "./services";
import { fieldsOf, plainTextOf } from "../json";

/** Marks every call of this system in CloudTrail's `userAgent`. */
export const userAgentMark = "cloudtrailer";

/** How often the SDK makes a request, and how long it waits for each answer, in ms. All together it is less than a lease. */
export const maxAttempts = 4;
export const requestTimeout = 8_000;

/** How calls are made in other accounts than that of the credentials. */
export interface OtherAccounts {
  /** The account of the credentials, 12 digits. */
  home: string;
  /** Where STS is asked for a role's credentials. */
  region: string;
  /** ARN of the role to assume in an account; undefined if there is none. */
  roleIn(account: string): string | undefined;
  /** Of the sessions; this system's own if omitted. */
  sessionName?: string;
}

/** A role's session is used until this long before its end, in ms. */
const beforeEndMs = 300_000;

/** AWS's error code for a call that needs a role in an account that has none. */
export const noRole = "AccessDeniedNoRole";

/** Temporary keys, in the form that the SDK takes. */
interface Keys {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string;
  expiration: Date;
}

/** The credentials of a role's sessions, renewed before they end. */
function sessionsOf(
  aws: CallAws,
  roleArn: string,
  { region, sessionName = userAgentMark }: OtherAccounts,
): () => Promise<Keys> {
  let session: Promise<Keys> | undefined;
  let until = 0;
  const assume = async (): Promise<Keys> => {
    const input = { RoleArn: roleArn, RoleSessionName: sessionName, DurationSeconds: 3_600 };
    const { Credentials } = await aws({ service: "sts", operation: "AssumeRole", region, input }).catch(
      (cause: Error) => {
        if (isPassing(cause)) throw cause;
        throw Object.assign(new Error(`unable to assume ${roleArn}: ${cause.message}`, { cause }), {
          name: noRole,
        });
      },
    );
    const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = fieldsOf(Credentials);
    const expiration = new Date(Expiration as string | Date);
    until = expiration.getTime() - beforeEndMs;
    return {
      accessKeyId: plainTextOf(AccessKeyId),
      secretAccessKey: plainTextOf(SecretAccessKey),
      sessionToken: plainTextOf(SessionToken),
      expiration,
    };
  };
  return () => {
    if (session !== undefined && (until === 0 || Date.now() < until)) return session;
    until = 0;
    const begun = assume().catch((error: unknown) => {
      if (session === begun) session = undefined;
      throw error;
    });
    session = begun;
    return begun;
  };
}

/** The environment variable by which tests shorten the wait, in ms. */
const timeoutVariable = "CLOUDTRAILER_REQUEST_TIMEOUT";

/**
 * Creates the only executor of calls: `aws({ service: "iam", operation: "DetachUserPolicy", region, input })`.
 * Clients are created when first needed, one per account, service and region, and kept for the life of the execution environment.
 *
 * @throws Error for an impossible service, operation or region; otherwise the SDK's error, whose `name` is AWS's error code
 */
export function createCallAws(
  options: {
    userAgent?: string;
    endpoint?: string;
    credentials?: object;
    others?: OtherAccounts;
    /** How often a request is made at most, and how long each answer is waited for, ms. */
    attempts?: number;
    timeoutMs?: number;
  } = {},
): CallAws {
  const clients = new Map<string, SdkClient>();
  const sessions = new Map<string, () => Promise<Keys>>();
  const { userAgent = userAgentMark, endpoint, credentials } = options;
  const { attempts = maxAttempts, timeoutMs } = options;
  const timeout = timeoutMs ?? (Number(process.env[timeoutVariable]) || requestTimeout);
  const local = endpoint ?? process.env.AWS_ENDPOINT_URL;

  const send = async (call: Call, its: object | undefined): Promise<Record<string, unknown>> => {
    const service = Object.hasOwn(awsServices, call.service) ? awsServices[call.service] : undefined;
    if (service === undefined)
      throw new Error(
        `expected a service of handlers/aws/services.ts (${Object.keys(awsServices).join(", ")}), found ${JSON.stringify(call.service)}`,
      );
    // The region comes from a record and becomes part of a host name.
    if (!/^[a-z0-9-]{1,30}$/.test(call.region))
      throw new Error(`expected a region for ${call.service}, found ${JSON.stringify(call.region)}`);
    const sdk = service.load();
    const Command = sdk[`${call.operation}Command`];
    if (Command === undefined)
      throw new Error(`expected an operation of ${call.service}, found ${JSON.stringify(call.operation)}`);
    const key = `${its === credentials ? "" : call.account}/${call.service}/${call.region}/${call.once === true}`;
    let client = clients.get(key);
    if (client === undefined) {
      const Client = sdk[service.client];
      if (Client === undefined)
        throw new Error(`expected ${service.client} in the AWS SDK for ${call.service}, found none`);
      client = new Client({
        region: call.region,
        // The SDK retries throttling and passing faults itself, within a budget; its default is three attempts.
        maxAttempts: call.once === true ? 1 : attempts,
        requestHandler: {
          connectionTimeout: 3_000,
          requestTimeout: timeout,
          socketTimeout: timeout,
          throwOnRequestTimeout: true,
        },
        customUserAgent: userAgent,
        ...(endpoint === undefined ? {} : { endpoint }),
        ...(its === undefined ? {} : { credentials: its }),
        ...(local ? withoutHostNames(call.service, local) : {}),
      });
      clients.set(key, client);
    }
    return client.send(new Command(inputOf(call)));
  };
  const asCaller: CallAws = (call) => send(call, credentials);

  /** The credentials for a call; undefined for the caller's own. */
  const credentialsFor = ({ account, operation, service }: Call): object | undefined => {
    const { others } = options;
    if (account === undefined || account === others?.home) return credentials;
    const roleArn = others?.roleIn(account);
    if (others === undefined || roleArn === undefined)
      throw Object.assign(
        new Error(
          `unable to call ${service}:${operation} in account ${account}: there is no role for this system`,
        ),
        { name: noRole },
      );
    const known = sessions.get(roleArn) ?? sessionsOf(asCaller, roleArn, others);
    sessions.set(roleArn, known);
    return known;
  };

  return async (call) => send(call, credentialsFor(call));
}

/** An endpoint on this machine has no host name per bucket or account. */
function withoutHostNames(service: string, endpoint: string): object {
  if (service === "s3") return { forcePathStyle: true };
  if (service !== "s3control") return {};
  return { endpointProvider: () => ({ url: new URL(endpoint) }), disableHostPrefix: true };
}

/** The input in the form that the SDK takes. */
function inputOf({ input, bytes = [] }: Call): Record<string, unknown> {
  const decoded = bytes.map((member) => [member, Buffer.from(String(input[member]), "base64")]);
  return { ...input, ...Object.fromEntries(decoded) };
}
