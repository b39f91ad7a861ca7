import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { linkedTextOf } from "../../infra/linked-text";

/** The tree that is serialized into the function. */
export const handlersFolder = join(__dirname, "..", "..", "handlers");

/** Where the text stands that the second run of the handler tests loads. */
export const serializedFile = join(__dirname, "..", "..", ".local", "serialized-handlers.js");

/**
 * Serializes all that `handlers/` exports as the callback is for its deployment, and writes the text to {@link serializedFile}:
 * its `handler()` returns the exports by module (`findings/store`).
 */
export async function serializeHandlers(): Promise<void> {
  const modules: Record<string, unknown> = {};
  for (const entry of readdirSync(handlersFolder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith(".ts")) continue;
    const file = join(entry.parentPath, entry.name);
    const exported = { ...(require(file) as object) };
    if (Object.keys(exported).length > 0) modules[moduleNameOf(file)] = exported;
  }
  mkdirSync(dirname(serializedFile), { recursive: true });
  writeFileSync(serializedFile, await linkedTextOf(() => modules, false));
}

/** `findings/store` of `…/handlers/findings/store.ts`. */
export function moduleNameOf(file: string): string {
  return relative(handlersFolder, file).replace(/\.ts$/, "").split(sep).join("/");
}

if (require.main === module) void serializeHandlers();
