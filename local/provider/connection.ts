import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { join } from "node:path";
import { projectFolder } from "../install-emulator";
import { type Aws, connect } from "../resources/aws";

/**
 * Clients for the account that the environment names. The engine passes a plugin its own environment, and
 * `@pulumi/pulumi/provider` does not pass on a provider's configuration.
 *
 * - `AWS_ENDPOINT_URL`, `AWS_REGION`, `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`: as in every AWS SDK, all required;
 *   without an endpoint on this machine nothing is done, so that no real account is ever touched
 * - `CLOUDTRAILER_FUNCTION_ENDPOINT`: endpoint of the functions' own calls; `AWS_ENDPOINT_URL` if unset
 *
 * @throws Error, on first use of the clients, that names a missing or wrong variable
 */
export function connectionFrom(env: NodeJS.ProcessEnv): () => Promise<Aws> {
  let aws: Promise<Aws> | undefined;
  return () => {
    aws ??= open(env);
    return aws;
  };
}

function needed(env: NodeJS.ProcessEnv, name: string): string {
  const value = env[name];
  if (value) return value;
  throw new Error(`The local AWS provider needs ${name} in the environment of pulumi; it is not set.`);
}

async function open(env: NodeJS.ProcessEnv): Promise<Aws> {
  const endpoint = needed(env, "AWS_ENDPOINT_URL");
  const { hostname } = new URL(endpoint);
  if (hostname !== "127.0.0.1" && hostname !== "localhost" && hostname !== "[::1]") {
    throw new Error(
      `The local AWS provider works only on this machine; AWS_ENDPOINT_URL is ${endpoint}. ` +
        `For a real account omit it and plugins.providers; Pulumi then uses the real AWS provider.`,
    );
  }
  const region = needed(env, "AWS_REGION");
  const credentials = {
    accessKeyId: needed(env, "AWS_ACCESS_KEY_ID"),
    secretAccessKey: needed(env, "AWS_SECRET_ACCESS_KEY"),
  };
  const { Account } = await new STSClient({ endpoint, region, credentials }).send(
    new GetCallerIdentityCommand({}),
  );
  if (!Account) throw new Error(`GetCallerIdentity at ${endpoint} answered without an account`);
  return connect({
    endpoint,
    region,
    credentials,
    account: Account,
    functionEnvironment: {
      NODE_PATH: join(projectFolder, "node_modules"),
      AWS_ENDPOINT_URL: env.CLOUDTRAILER_FUNCTION_ENDPOINT ?? endpoint,
    },
  });
}
