import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { generatedFiles } from "./files";

const root = join(__dirname, "../..");

for (const [path, text] of Object.entries(generatedFiles)) {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text());
  console.log(path);
}
