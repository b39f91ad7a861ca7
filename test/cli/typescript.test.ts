import { expect } from "chai";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { create } from "ts-node";

const { transpile, withoutMap } = require("../../cli/typescript.js") as {
  transpile(path: string, source: string, sourceMaps?: boolean): string;
  withoutMap(code: string): string;
};
const root = join(__dirname, "..", "..");

describe("the loader of TypeScript", () => {
  it("emits what ts-node does, which is what pulumi up serializes", () => {
    const compiler = create({ cwd: root, transpileOnly: true });
    const files = readdirSync(join(root, "handlers"), { recursive: true, encoding: "utf8" }).filter((name) =>
      name.endsWith(".ts"),
    );
    expect(files.length).greaterThan(100);
    // The first file of each folder, and all files at the top level.
    const folders = new Set<string>();
    for (const name of files) {
      const folder = name.slice(0, name.lastIndexOf("/"));
      if (name.split("/").length > 2 && folders.has(folder)) continue;
      folders.add(folder);
      const path = join(root, "handlers", name);
      const source = readFileSync(path, "utf8");
      const theirs = compiler.compile(source, path).replace(/\n\/\/# sourceMappingURL=.*\s*$/, "");
      const ours = transpile(path, source);
      expect(ours.trimEnd(), name).equal(theirs.trimEnd());
      expect(withoutMap(transpile(path, source, true)), name).equal(ours);
    }
  });

  it("says where the syntax is wrong", () => {
    expect(() => transpile(join(root, "wrong.ts"), "const a = ;")).throw(/wrong\.ts\(1,11\)/);
  });
});
