import { expect } from "chai";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";

const root = join(__dirname, "..", "..", "..", "..");

/** The files that belong to the reader's parts. */
const inside = [
  "handlers/cloudtrail/reader/",
  "test/handlers/cloudtrail/reader/",
  "bench/fuzz",
  "assembly/",
  "scripts/build-kernel.ts",
];

describe("the room of the reader", () => {
  it("is entered only by index.ts", () => {
    const folders = ["assembly", "bench", "cli", "handlers", "infra", "local", "policies", "scripts", "test"];
    const files = folders.flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
        .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join("/")),
    );
    const entering = files.flatMap((file) => {
      if (inside.some((own) => file.startsWith(own))) return [];
      const text = readFileSync(join(root, file), "utf8");
      const doors = [...text.matchAll(/"[./]*\/cloudtrail\/reader\/([\w-]+)"/g)].map(([, door]) => door);
      return doors.map((door) => ({ file, door }));
    });
    expect(entering.filter(({ door }) => door !== "index")).deep.equal([]);
    // Somebody does import it.
    expect(entering.map(({ file }) => file)).include("handlers/on-notification.ts");
  });
});
