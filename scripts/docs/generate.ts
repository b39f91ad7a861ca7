import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { indexFiles } from "./indexes";

const root = join(__dirname, "../..");

async function write(files: Record<string, () => string | Promise<string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    const file = join(root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, await text());
    console.log(path);
  }
}

async function generate(): Promise<void> {
  // First, because the pages are generated from the catalogue, which is read through the indexes.
  await write(indexFiles);
  const { generatedFiles } = await import("./files");
  await write(generatedFiles);
}

generate().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
