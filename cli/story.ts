import { expectNone, type Given, type Io, type Options } from "./verb";

export const usage = "story";
export const summary = "Show the whole story on this machine, from a call to its fix (npm start)";
export const options = {} as const satisfies Options;

export async function run({ positionals }: Given<typeof options>, io: Io): Promise<number> {
  expectNone(positionals);
  // Embedded AWS is loaded when it is needed, so that help is fast.
  const { showStory } = await import("./story/show-story");
  return showStory(io);
}
