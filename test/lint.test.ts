import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect } from "chai";
import { ESLint } from "eslint";

const root = join(__dirname, "..");

describe("npm run lint, of code that is serialized", () => {
  const eslint = new ESLint({ cwd: root });

  /** The rules that reject a text as a file of handlers/. */
  async function refusedBy(text: string): Promise<(string | null)[]> {
    const [result] = await eslint.lintText(text, { filePath: join(root, "handlers", "some.ts") });
    return [...new Set(result?.messages.map(({ ruleId }) => ruleId))];
  }

  for (const [what, text] of [
    ["a function named like one of mocha's", "export function after(): number {\n  return 1;\n}\n"],
    [
      "a constant named like one of mocha's",
      "const context = { a: 1 };\nexport const b = () => context.a;\n",
    ],
    ["a name of Node's, taken apart", "export const { performance } = { performance: 1 };\n"],
    ["a name of a newer Node's", "export const navigator = { a: 1 };\n"],
  ] as const)
    it(`refuses ${what}`, async () => {
      expect(await refusedBy(text)).to.deep.equal(["closures/no-global-name"]);
    });

  it("accepts the same names inside a function, as parameters and as members", async () => {
    const text = `export function create(context: { after: number }): () => number {
  const before = { event: 1 };
  return () => before.event + context.after;
}
`;
    expect(await refusedBy(text)).to.deep.equal([]);
  });

  for (const [what, text] of [
    [
      "a closure",
      "export function create() {\n  const one = () => two();\n  const two = () => 2;\n  return one;\n}\n",
    ],
    [
      "a closure in a block",
      "export const create = () => {\n  const one = (a: boolean) => {\n    if (a) return two;\n    return 1;\n  };\n  const { two } = { two: 2 };\n  return one;\n};\n",
    ],
  ] as const)
    it(`refuses ${what} that uses what is defined after it`, async () => {
      expect(await refusedBy(text)).to.deep.equal(["closures/define-before-capture"]);
    });

  it("accepts functions, and module-level definitions, after their use", async () => {
    const text = `export function create() {
  const one = () => two() + three;
  function two() {
    return 2;
  }
  return one;
}

const three = 3;
`;
    expect(await refusedBy(text)).to.deep.equal([]);
  });

  for (const [what, text] of [
    ["a class", "export class A {}\n"],
    ["state of a module", "export let a = 1;\n"],
    ["a Map of a module", "export const a = new Map();\n"],
    ["a label", "export function a() {\n  b: for (;;) break b;\n}\n"],
    ["a default import", 'import zlib from "node:zlib";\nexport const a = () => zlib.gunzipSync;\n'],
  ] as const)
    it(`refuses ${what}`, async () => {
      expect(await refusedBy(text)).to.include("no-restricted-syntax");
    });
});

describe("npm run lint, of promises", () => {
  it("refuses those that nobody waits for, and waiting for what is none", () => {
    const house = mkdtempSync(join(tmpdir(), "cloudtrailer-lint-"));
    try {
      const text =
        "async function a() {}\na();\nvoid (async () => await 1)();\n[1].some(async () => true);\n";
      writeFileSync(join(house, "a.ts"), text);
      for (const file of [".oxlintrc.json", "tsconfig.json"]) cpSync(join(root, file), join(house, file));
      symlinkSync(join(root, "node_modules"), join(house, "node_modules"));
      const oxlint = join(root, "node_modules", "oxlint", "bin", "oxlint");
      const { stdout } = spawnSync(process.execPath, [oxlint, "--type-aware", "--format", "unix"], {
        cwd: house,
        encoding: "utf8",
      });
      expect(stdout.match(/(?<=\()no-[\w-]+|await-[\w-]+/g)).to.have.members([
        "no-floating-promises",
        "await-thenable",
        "no-misused-promises",
      ]);
    } finally {
      rmSync(house, { recursive: true });
    }
  });
});

describe("npm run lint, of the direction of imports", () => {
  /** The output of depcruise for a project in which one file imports another. */
  function checked(from: string, to: string): { status: number | null; output: string } {
    const house = mkdtempSync(join(tmpdir(), "cloudtrailer-lint-"));
    try {
      for (const [file, text] of [
        [to, "export const b = 1;\n"],
        [
          from,
          `import { b } from "${"../".repeat(from.split("/").length - 1)}${to.replace(/\.ts$/, "")}";\nexport const a = b;\n`,
        ],
      ] as const) {
        mkdirSync(join(house, dirname(file)), { recursive: true });
        writeFileSync(join(house, file), text);
      }
      for (const file of [".dependency-cruiser.cjs", "tsconfig.json", "package.json"])
        cpSync(join(root, file), join(house, file));
      symlinkSync(join(root, "node_modules"), join(house, "node_modules"));
      const depcruise = join(root, "node_modules", "dependency-cruiser", "bin", "dependency-cruise.mjs");
      const { status, stdout, stderr } = spawnSync(
        process.execPath,
        [depcruise, "--config", ".dependency-cruiser.cjs", from.split("/")[0] ?? ""],
        { cwd: house, encoding: "utf8" },
      );
      return { status, output: stdout + stderr };
    } finally {
      rmSync(house, { recursive: true });
    }
  }

  for (const [from, to, rule] of [
    ["handlers/detections/iam/a.ts", "handlers/findings/b.ts", "detections-imports-from-below"],
    ["handlers/aws/a.ts", "handlers/cloudtrail/b.ts", "aws-imports-no-sibling"],
    ["handlers/watch/a.ts", "infra/b.ts", "handlers-import-only-handlers"],
    ["infra/a.ts", "handlers/new-layer/b.ts", "handlers-every-file-has-a-layer"],
    ["policies/a.ts", "handlers/json.ts", "policies-import-only-policies"],
    ["cli/a.ts", "handlers/cloudtrail/reader/kernel.ts", "the-reader-is-closed"],
  ] as const)
    it(`refuses ${from} that imports ${to}`, () => {
      const { status, output } = checked(from, to);
      expect(output).to.include(rule);
      expect(status).not.to.equal(0);
    });

  it("accepts an import from a lower layer", () => {
    const { status, output } = checked("handlers/findings/a.ts", "handlers/detections/b.ts");
    expect(output).to.include("no dependency violations");
    expect(status).to.equal(0);
  });
});
