import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import fc from "fast-check";
import { commandLineOf } from "../../handlers/alerts/command-line";
import { pythonWith } from "../support/python-package";

/**
 * Runs the AWS CLI itself, in one process, on the words of each command. Nothing is sent: what it would send is taken where
 * the CLI has parsed it.
 *
 * Input: a JSON list of lists of words. Output: what the CLI understood of each, `[service, operation, parameters]`; null unless it
 * is one call.
 */
const cli = `
import io, json, sys
from contextlib import redirect_stderr, redirect_stdout
from awscli.clidriver import create_clidriver
from botocore.awsrequest import AWSResponse

class Body(io.BytesIO):
    def stream(self, **_):
        yield b"<R/>"

driver = create_clidriver()
found = []
driver.session.register(
    "provide-client-params.*.*",
    lambda params, model, **_: found.append([model.service_model.signing_name, model.name, params]),
)
driver.session.register("before-send.*.*", lambda request, **_: AWSResponse(request.url, 200, {}, Body()))
seen = []
for words in json.load(sys.stdin):
    found.clear()
    with redirect_stdout(io.TextIOWrapper(io.BytesIO())), redirect_stderr(io.StringIO()):
        driver.main(words)
    seen.append(found[0] if len(found) == 1 else None)
json.dump(seen, sys.stdout)
`;

describe("receipts, pasted into a shell with the AWS CLI", () => {
  let python: string;
  let folder: string;
  let secret: string;
  before(async () => {
    python = await pythonWith("awscli==1.45.11", "venv-aws-cli");
    folder = mkdtempSync(join(tmpdir(), "cloudtrailer-receipts-"));
    secret = join(folder, "credentials");
    writeFileSync(secret, "a secret");
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** What the CLI understands of lines that a shell has read. */
  function understood(shell: string, lines: string[]): unknown[] {
    const script = `aws() { for word in "$@"; do printf '%s\\0' "$word"; done; printf '\\1'; }\n${lines.join("\n")}\n`;
    const options = { encoding: "utf8", maxBuffer: 1e9, cwd: folder } as const;
    const words = execFileSync(shell, [], { ...options, input: script })
      .split("\u0001")
      .slice(0, -1)
      .map((line) => line.split("\0").slice(0, -1));
    const env = {
      PATH: process.env.PATH,
      HOME: folder,
      AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE",
      AWS_SECRET_ACCESS_KEY: "x",
      AWS_EC2_METADATA_DISABLED: "true",
      PYTHONIOENCODING: "utf-8",
    };
    const seen = execFileSync(python, ["-c", cli], { ...options, env, input: JSON.stringify(words) });
    return JSON.parse(seen) as unknown[];
  }

  const hostile = () => [
    `file://${secret}`,
    `fileb://${secret}`,
    "https://169.254.169.254/latest/meta-data/",
    "$(touch pwned)",
    "`touch pwned`",
    "'; touch pwned; '",
    "\n touch pwned \n",
    "\r\ntouch pwned\r\n",
    "--endpoint-url=https://evil.example",
    "--cli-input-json",
    "a=b,c=d",
    "[1,2]",
    '{"a":1}',
    "!!",
    "~/.aws/credentials",
    "*",
    "\u0000\u001b[2J",
    "\u202eesrever\u200b",
    "\u{1f600} \u{e0041}",
  ];
  const generated = () => fc.sample(fc.string({ unit: "binary", minLength: 1, maxLength: 60 }), 60);

  for (const shell of ["bash", "dash"])
    it(`are in ${shell} the very calls that were meant, whoever chose the names in them`, () => {
      const calls = [...hostile(), ...generated()].flatMap((name) => [
        {
          service: "iam",
          operation: "PutUserPolicy",
          input: { UserName: name, PolicyName: name, PolicyDocument: name },
        },
        {
          service: "ssm",
          operation: "PutParameter",
          input: { Name: name, Value: name, Tags: [{ Key: name, Value: name }] },
        },
        {
          service: "sns",
          operation: "SetTopicAttributes",
          input: { TopicArn: name, AttributeName: name, AttributeValue: name },
        },
      ]);
      // A lone surrogate is no character; neither AWS nor the CLI takes it.
      const wanted = calls.filter(({ input }) => isWellFormed(input));
      const region = "us-west-2";
      const seen = understood(
        shell,
        wanted.map((call) => commandLineOf({ ...call, region })),
      );
      expect(seen).to.deep.equal(wanted.map(({ service, operation, input }) => [service, operation, input]));
      expect(readdirSync(folder)).to.deep.equal(["credentials"]);
    });
});

function isWellFormed(input: object): boolean {
  return Object.values(input).every((value) => typeof value !== "string" || !/\p{Cs}/u.test(value));
}
