import { writeFile } from "node:fs/promises";
import { createReadAndDetect } from "./subject";

/** Writes the deployed text of the reader and the detections, which Lambda runs. */
export async function writeSerialized(file: string): Promise<number> {
  // Takes a second to load, and is needed only here.
  const { linkedTextOf } = await import("../infra/linked-text");
  const text = await linkedTextOf(createReadAndDetect, true);
  await writeFile(file, text);
  return Buffer.byteLength(text);
}
