export { eventually } from "../../local/eventually";
import { delimiter, dirname } from "node:path";
import { type Emulator, type EmulatorOptions, startEmulator } from "../../local/emulator";
import { type Aws, connect } from "../../local/resources/aws";

/** The organization of the emulator's account, and its other accounts. */
export const organizationId = "o-abcde12345";
export const members = ["222233334444", "333344445555", "444455556666", "555566667777"];

let started: Promise<Emulator> | undefined;

/** The only emulator of all end-to-end tests, started by the first that needs it. */
export function emulator(): Promise<Emulator> {
  started ??= startEmulator(functionsRunOn(process.env.CLOUDTRAILER_FUNCTION_NODE));
  return started;
}

/** Makes functions run on another Node version than the tests; on theirs by default. */
function functionsRunOn(node: string | undefined): EmulatorOptions {
  const path: Record<string, string> =
    node === undefined ? {} : { PATH: [dirname(node), process.env.PATH].join(delimiter) };
  return { env: { ...path, CLOUDTRAILER_ORGANIZATION: `${organizationId}:111122223333,${members.join()}` } };
}

/** Clients of the emulator's root user. */
export async function aws(functionEnvironment: Record<string, string> = {}): Promise<Aws> {
  return connect({ ...(await emulator()), functionEnvironment });
}

// At the root of the run, so that it stops after the last test of all files.
after(async () => {
  await (await started)?.stop();
});
