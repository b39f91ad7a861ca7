import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { linkedTextOf } from "../../infra/linked-text";
import { handlersFolder, moduleNameOf, serializedFile } from "./serialized-file";

/**
 * Serializes everything that `handlers/` exports, like the callback for its deployment, and writes the text to
 * {@link serializedFile}: its `handler()` returns the exports by module (`findings/store`).
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

if (require.main === module) void serializeHandlers();
