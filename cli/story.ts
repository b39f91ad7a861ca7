import { tellStory } from "../local/story";
import { type Io, usageError } from "./verb";

/** The verb `story`. @returns the exit code */
export async function run(args: string[], io: Io): Promise<number> {
  if (args.length > 0) throw usageError(`expected no arguments, found ${args.join(" ")}`);
  return tellStory(io);
}
