import type { Call, CallAws } from "./call";
import { awsServices, type SdkClient } from "./services";

/** Marks every call of this system in CloudTrail's `userAgent`. */
export const userAgentMark = "cloudtrailer";

/** How often the SDK makes a request, and how long it waits for each answer, in ms. All together it is less than a lease. */
export const maxAttempts = 4;
export const requestTimeout = 8_000;

/** The environment variable by which tests shorten the wait, in ms. */
const timeoutVariable = "CLOUDTRAILER_REQUEST_TIMEOUT";

/**
 * Creates the only executor of calls: `aws({ service: "iam", operation: "DetachUserPolicy", region, input })`.
 * Clients are created when first needed, one per service and region, and kept for the life of the execution environment.
 *
 * @throws Error for an impossible service, operation or region; otherwise the SDK's error, whose `name` is AWS's error code
 */
export function createCallAws(
  options: { userAgent?: string; endpoint?: string; credentials?: object } = {},
): CallAws {
  const clients = new Map<string, SdkClient>();
  const timeout = Number(process.env[timeoutVariable]) || requestTimeout;
  const { userAgent = userAgentMark, endpoint, credentials } = options;
  const local = endpoint ?? process.env.AWS_ENDPOINT_URL;

  return async (call: Call) => {
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
    const key = `${call.service}/${call.region}/${call.once === true}`;
    let client = clients.get(key);
    if (client === undefined) {
      const Client = sdk[service.client];
      if (Client === undefined)
        throw new Error(`expected ${service.client} in the AWS SDK for ${call.service}, found none`);
      client = new Client({
        region: call.region,
        // The SDK retries throttling and passing faults itself, within a budget; its default is three attempts.
        maxAttempts: call.once === true ? 1 : maxAttempts,
        requestHandler: {
          connectionTimeout: 3_000,
          requestTimeout: timeout,
          socketTimeout: timeout,
          throwOnRequestTimeout: true,
        },
        customUserAgent: userAgent,
        ...(endpoint === undefined ? {} : { endpoint }),
        ...(credentials === undefined ? {} : { credentials }),
        ...(local ? withoutHostNames(call.service, local) : {}),
      });
      clients.set(key, client);
    }
    return client.send(new Command(inputOf(call)));
  };
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
