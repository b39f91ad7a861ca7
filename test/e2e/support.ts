export { eventually } from "../../local/eventually";
import { delimiter, dirname } from "node:path";
import { type Emulator, startEmulator } from "../../local/emulator";
import { type Aws, connect } from "../../local/resources/aws";

/** The organization of the emulator's account, and its other accounts. */
export const organizationId = "o-abcde12345";
export const members = ["222233334444", "333344445555", "444455556666", "555566667777"];

/**
 * The account's regions: with IAM's, the stack's, and two that belong to no part of a stack. A new account has 17, at each of
 * which a stack looks when it is deployed, for no other result.
 */
export const regions = ["us-east-1", "us-west-2", "eu-west-1", "ap-south-1"];

let started: Promise<Emulator> | undefined;

/** The only emulator of all end-to-end tests, started by the first that needs it. */
export function emulator(): Promise<Emulator> {
  started ??= startEmulator({
    env: {
      ...functionsRunOn(process.env.CLOUDTRAILER_FUNCTION_NODE),
      CLOUDTRAILER_ORGANIZATION: `${organizationId}:111122223333,${members.join()}`,
      CLOUDTRAILER_REGIONS: regions.join(),
    },
  });
  return started;
}

/** Makes functions run on another Node version than the tests; on theirs by default. */
function functionsRunOn(node: string | undefined): Record<string, string> {
  return node === undefined ? {} : { PATH: [dirname(node), process.env.PATH].join(delimiter) };
}

/** Clients of the emulator's root user. */
export async function aws(functionEnvironment: Record<string, string> = {}): Promise<Aws> {
  return connect({ ...(await emulator()), functionEnvironment });
}

// At the root of the run, so that it stops after the last test of all files.
after(async () => {
  await (await started)?.stop();
});
