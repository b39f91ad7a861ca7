import { expectNone, type Given, type Io, type Options } from "./verb";

export const usage = "story";
export const summary = "Show the whole way from a call to its fix, once, on this machine (npm start)";
export const options = {} as const satisfies Options;

export async function run({ positionals }: Given<typeof options>, io: Io): Promise<number> {
  expectNone(positionals);
  // AWS on this machine is loaded when it is needed: help is not to wait for it.
  const { showStory } = await import("./story/show-story");
  return showStory(io);
}
