export { eventually } from "../../local/eventually";
import { type Emulator, startEmulator } from "../../local/emulator";
import { type Aws, connect } from "../../local/resources/aws";

let started: Promise<Emulator> | undefined;

/** The one emulator of all end-to-end tests, started by the first that asks for it. */
export function emulator(): Promise<Emulator> {
  started ??= startEmulator();
  return started;
}

/** Clients of the emulator's root user. */
export async function aws(functionEnvironment: Record<string, string> = {}): Promise<Aws> {
  return connect({ ...(await emulator()), functionEnvironment });
}

/**
 * Whether a recorder's error is this team's. All stacks share one emulator, and so a recorder sees the trails of other
 * tests too, those that were attacked and left without a bucket policy among them.
 */
export function isOfTeam(team: string, { message }: Error): boolean {
  return !message.includes(" for the trail ") || message.includes(` for the trail cloudtrailer-${team} `);
}

// At the root of the run: it stops after the last test of all files.
after(async function () {
  this.timeout(20_000);
  await (await started)?.stop();
});
