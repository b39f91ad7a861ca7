import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { createCallAws } from "../../handlers/aws/clients";
import { folderVariable, shownPath } from "../../infra/rules/load";
import { eventually } from "../../local/eventually";
import { anOwnFolder } from "../support/own-folder";

const root = join(__dirname, "..", "..");
const program = join(root, "cli", "cloudtrailer.js");

interface Block {
  /** `sh`, `text`, or `ts own/<id>.ts`. */
  kind: string;
  text: string;
}

/** The blocks of a section of a page, in their order. */
function blocksOf(page: string, heading: string): Block[] {
  const [, after = ""] = readFileSync(join(root, page), "utf8").split(`\n## ${heading}\n`);
  const [section = ""] = after.split("\n## ");
  return [...section.matchAll(/^```(.*)\n([\s\S]*?)^```$/gm)].map(([, kind = "", text = ""]) => ({
    kind,
    text,
  }));
}

/** `create-security-group --group-name x` as a call with the SDK's names. */
function callOf(line: string) {
  const [, service = "", operation = "", ...options] = line.trim().split(/\s+/);
  const pascal = (kebab: string) =>
    kebab.replace(/^-*|-/g, "-").replace(/-([a-z])/g, (_, one: string) => one.toUpperCase());
  const input: Record<string, string> = {};
  for (let index = 0; index < options.length; index += 2)
    input[pascal(options[index] ?? "").replace(/-/g, "")] = options[index + 1] ?? "";
  return { service, operation: pascal(operation).replace(/-/g, ""), input };
}

// docs/own-rules.md, as its reader goes through it.
describe("a rule of one's own, from a call to a fix", () => {
  let local: ChildProcess | undefined;
  let printed = "";
  let told = "";
  let folder: string;
  let environment: Record<string, string> = {};

  before(() => {
    folder = anOwnFolder({});
  });
  after(async () => {
    if (local === undefined || local.exitCode !== null) return;
    const ended = new Promise((resolve) => local?.once("close", resolve));
    local.kill("SIGINT");
    await ended;
  });

  /** The page's paths are those of the project's own folder. */
  const here = (text: string) => text.replaceAll("own/", `${shownPath(folder)}/`);
  /** What the stack says of rules and alerts: log files come all the time. */
  const moved = () => `\n${printed.split("\n").filter(isSaid).join("\n")}`;

  const isSaid = (line: string) => / (?:rule {5}|alert {4}|error {4})/.test(line);

  const startLocal = async (args: string[]) => {
    local = spawn(process.execPath, [program, ...args], {
      cwd: root,
      env: { ...process.env, [folderVariable]: folder },
      stdio: ["ignore", "pipe", "pipe"],
    });
    local.stdout?.on("data", (chunk: Buffer) => (printed += chunk.toString()));
    local.stderr?.on("data", (chunk: Buffer) => (told += chunk.toString()));
    await eventually(
      "the stack",
      async () => {
        if (local?.exitCode !== null) throw new Error(told);
        return printed.includes(" watching ") || undefined;
      },
      { moved: () => printed.length + told.length },
    );
    const pairs = [...told.matchAll(/^ {2}export (.*)$/gm)].flatMap(([, line = ""]) => line.split(" "));
    environment = Object.fromEntries(
      pairs.map((pair) => pair.split(/=(.*)/s).slice(0, 2)) as [string, string][],
    );
  };

  const runCommand = (line: string) =>
    spawnSync("sh", ["-c", here(line).replace(/^npx cloudtrailer/, '"$NODE" "$PROGRAM"')], {
      cwd: root,
      encoding: "utf8",
      env: {
        ...process.env,
        ...environment,
        [folderVariable]: folder,
        NODE: process.execPath,
        PROGRAM: program,
      },
    });

  const run = async (line: string): Promise<void> => {
    if (line.startsWith("npx cloudtrailer local")) return startLocal(line.split(" ").slice(2));
    if (line.startsWith("aws ")) {
      const credentials = {
        accessKeyId: String(environment.AWS_ACCESS_KEY_ID),
        secretAccessKey: String(environment.AWS_SECRET_ACCESS_KEY),
      };
      const aws = createCallAws({ endpoint: String(environment.AWS_ENDPOINT_URL), credentials });
      await aws({ ...callOf(line), region: String(environment.AWS_REGION) });
      return;
    }
    // A record takes a moment to be delivered.
    await eventually(
      line,
      async () => {
        const { status, stdout, stderr } = runCommand(line);
        if (line.includes(" capture ") && status === 1 && stderr.includes("no such record")) return undefined;
        if (status !== 0) throw new Error(`${line}: exit code ${status}\n${stdout}\n${stderr}`);
        return true;
      },
      { moved },
    );
  };

  const expectLine = (line: string) => {
    const inOneLine = (text: string) => text.replace(/[ \t]+/g, " ");
    const wanted = ` ${inOneLine(here(line))}`;
    return eventually(`the line ${line}`, async () => inOneLine(printed).includes(wanted) || undefined, {
      moved,
    });
  };

  const blocks = blocksOf("docs/own-rules.md", "From a call to a fix in five minutes");

  it("has blocks to go through", () => {
    expect(blocks.map(({ kind }) => kind)).to.include.members(["sh", "text", "ts own/ec2-group-by-hand.ts"]);
  });

  for (const [index, { kind, text }] of blocks.entries()) {
    const lines = text.trim().split("\n");
    if (kind === "sh") for (const line of lines) it(line, () => run(line));
    else if (kind === "text") for (const line of lines) it(`prints ${line}`, () => expectLine(line));
    else if (kind.startsWith("ts "))
      it(`saves ${kind.slice(3)}`, async () => {
        const before = printed.split("in the function after").length;
        writeFileSync(join(root, here(kind.slice(3))), text);
        await eventually(
          "the rule in the function",
          async () => printed.split("in the function after").length > before || undefined,
          { moved },
        );
      });
    else it(`block ${index + 1} is of a kind that can be run`, () => expect.fail(kind));
  }

  it("reports no error on the way", () => {
    expect(printed.split("\n").filter((line) => / error {4}| FAIL /.test(line))).to.deep.equal([]);
  });
});
