import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { generatedFiles } from "./files";

const root = join(__dirname, "../..");

async function generate(): Promise<void> {
  for (const [path, text] of Object.entries(generatedFiles)) {
    const file = join(root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, await text());
    console.log(path);
  }
}

generate().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
