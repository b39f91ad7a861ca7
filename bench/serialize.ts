import { writeFile } from "node:fs/promises";
import { createReadAndDetect } from "./subject";

/** Writes the text that is deployed of the reader and the detections, which is what Lambda runs. */
export async function writeSerialized(file: string): Promise<number> {
  // A second to load, and needed here alone.
  const { linkedTextOf } = await import("../infra/linked-text");
  const text = await linkedTextOf(createReadAndDetect, true);
  await writeFile(file, text);
  return Buffer.byteLength(text);
}
