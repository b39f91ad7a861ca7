import { writeFile } from "node:fs/promises";
import { createReadAndDetect } from "./subject";

/** Writes the text that Pulumi makes of the reader and the detections, which is what Lambda runs. */
export async function writeSerialized(file: string): Promise<number> {
  // A second to load, and needed here alone.
  const { runtime } = await import("@pulumi/pulumi");
  const { text } = await runtime.serializeFunction(createReadAndDetect, { isFactoryFunction: true });
  await writeFile(file, text);
  return Buffer.byteLength(text);
}
