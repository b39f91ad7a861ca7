import { join, relative, sep } from "node:path";

/** The tree that is serialized into the function. */
export const handlersFolder = join(__dirname, "..", "..", "handlers");

/** The path of the text that the second run of the handler tests loads. */
export const serializedFile = join(__dirname, "..", "..", ".local", "serialized-handlers.js");

/** `findings/store` of `…/handlers/findings/store.ts`. */
export function moduleNameOf(file: string): string {
  return relative(handlersFolder, file).replace(/\.ts$/, "").split(sep).join("/");
}
