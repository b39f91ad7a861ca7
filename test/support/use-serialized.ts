/**
 * Required by the second run of the handler tests, in its own process: whatever a test imports from `handlers/`
 * comes from the text that Pulumi serializes and Lambda runs, not from the source.
 */
import Module from "node:module";
import { join, sep } from "node:path";
import { handlersFolder, moduleNameOf, serializedFile } from "./serialized-file";

interface Loader {
  _load(request: string, parent: { filename?: string } | undefined, isMain: boolean): unknown;
  _resolveFilename(request: string, parent: unknown): string;
}

const loader = Module as unknown as Loader;
const load = loader._load.bind(loader);
const tests = join(__dirname, "..") + sep;
const serialized = (require(serializedFile) as { handler(): Record<string, unknown> }).handler();

loader._load = (request, parent, isMain) => {
  if (request.startsWith(".") && parent?.filename?.startsWith(tests)) {
    const file = loader._resolveFilename(request, parent);
    if (file.startsWith(handlersFolder + sep) && file.endsWith(".ts")) {
      const found = serialized[moduleNameOf(file)];
      if (found === undefined)
        throw new Error(`expected ${file} in the serialized text, found nothing of it`);
      return found;
    }
  }
  return load(request, parent, isMain);
};
