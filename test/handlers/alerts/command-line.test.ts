import { execFileSync } from "node:child_process";
import { expect } from "chai";
import fc from "fast-check";
import { commandLineOf, quoted } from "../../../handlers/alerts/command-line";

/** The words that a shell passes to `aws`, which is a function here that prints them. */
function wordsSeen(shell: string, lines: string[]): string[][] {
  const script = `aws() { for word in "$@"; do printf '%s\\0' "$word"; done; printf '\\1'; }\n${lines.join("\n")}\n`;
  const seen = execFileSync(shell, [], { input: script, encoding: "utf8", maxBuffer: 1e9 });
  return seen
    .split("\u0001")
    .slice(0, -1)
    .map((line) => line.split("\0").slice(0, -1));
}

/** What Python's parser, which the AWS CLI uses, reads. */
function readByPython(texts: string[]): unknown[] {
  const program = "import json, sys; print(json.dumps([json.loads(text) for text in json.load(sys.stdin)]))";
  const options = { input: JSON.stringify(texts), encoding: "utf8", maxBuffer: 1e9 } as const;
  return JSON.parse(execFileSync("python3", ["-c", program], options)) as unknown[];
}

describe("commandLineOf", () => {
  const call = (operation: string, input: Record<string, unknown>, service = "iam") =>
    commandLineOf({ service, operation, region: "us-west-2", input });

  it("writes a call with the CLI's names, and its input as one JSON", () => {
    expect(
      call("DetachUserPolicy", { UserName: "bob", PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess" }),
    ).to.equal(
      'aws iam detach-user-policy --region us-west-2 --cli-input-json \'{"UserName":"bob","PolicyArn":"arn:aws:iam::aws:policy/AdministratorAccess"}\'',
    );
    expect(call("ModifyDBInstance", {}, "rds")).to.match(/^aws rds modify-db-instance --region us-west-2 /);
    expect(call("DeletePublicAccessBlock", {}, "s3")).to.match(/^aws s3api delete-public-access-block /);
  });

  const hostile = [
    "$(touch pwned)",
    "`id`",
    "a; rm -rf ~",
    "it's",
    "'\\''; id; '",
    "--profile",
    "a\nb",
    "a\r\nb\u2028c",
    "\u001b[2Jcleared",
    "back\\slash\n'quote",
    "~root",
    "",
    "*",
    "öäü 😀 \ud800",
    "file:///etc/passwd",
    "fileb://~/.aws/credentials",
    "https://www.evil.example/click.me bob@evil.com",
    "\u202eesrever \u00ad\u200b",
    "!history",
  ];
  const calls = hostile.map((UserName) => ({ UserName, [UserName]: [UserName] }));

  for (const shell of ["bash", "dash"])
    it(`gives ${shell} nothing to run, and the AWS CLI the exact input`, () => {
      const lines = calls.map((input) => call("DeleteUser", input));
      for (const line of lines) expect(line).to.match(/^[\x20-\x7e]+$/);
      const seen = wordsSeen(shell, lines);
      expect(seen.map((words) => words.slice(0, -1))).to.deep.equal(
        calls.map(() => ["iam", "delete-user", "--region", "us-west-2", "--cli-input-json"]),
      );
      expect(readByPython(seen.map((words) => words.at(-1) ?? ""))).to.deep.equal(
        JSON.parse(JSON.stringify(calls)),
      );
    });

  it("holds for any names that somebody may choose", () => {
    const inputs = fc.sample(fc.dictionary(fc.string({ unit: "binary" }), fc.jsonValue()), 2_000);
    const lines = inputs.map((input) => call("PutUserPolicy", input));
    const seen = wordsSeen("dash", lines);
    expect(seen).to.have.length(lines.length);
    for (const words of seen) expect(words).to.have.length(6);
    for (const [index, words] of seen.entries())
      expect(JSON.parse(words.at(-1) ?? "")).to.deep.equal(JSON.parse(JSON.stringify(inputs[index])));
  });

  it("contains nothing that a mail program turns into a link", () => {
    const line = call("DeleteUser", { UserName: "https://www.evil.com/x bob@evil.com evil.example" });
    expect(line).not.to.match(/:\/\/|@|www\.|evil\.(?:com|example)/);
  });
});

describe("quoted", () => {
  it("keeps our own words as they are, and makes others harmless", () => {
    expect(quoted("findings-red")).to.equal("findings-red");
    expect(quoted("a#b")).to.equal("'a#b'");
    expect(quoted("a\n'; id; '")).to.equal("'a??; id; ?'");
  });
});
