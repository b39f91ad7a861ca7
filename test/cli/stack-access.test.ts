import { expect } from "chai";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { findStack, namingTable, type StackValues } from "../../cli/stack-access";
import { isUsageError } from "../../cli/verb";
import { awsError } from "../support/factories";
import { called } from "./called";

describe("the stack that a verb works on", () => {
  const outputs: Record<string, Record<string, unknown>> = {
    current: {
      tableName: "findings-blue",
      region: "eu-west-1",
      failureQueueUrl: "https://q/blue",
      functionName: "f-blue",
    },
    red: {
      tableName: "findings-red",
      region: "us-east-2",
      failureQueueUrl: "https://q/red",
      functionName: "f-red",
    },
    empty: {},
  };

  /** Looks for the parts. @returns them, and which stacks Pulumi was asked for */
  async function found(
    values: StackValues,
    environment: Record<string, string> = {},
    parts = ["table"] as const,
  ) {
    const asked: (string | undefined)[] = [];
    const outputsOf = async (stack: string | undefined) => {
      asked.push(stack);
      const known = outputs[stack ?? "current"];
      if (known === undefined) throw new Error(`pulumi says: no stack named '${stack}' found`);
      return known;
    };
    const stack = await findStack(parts, values, { environment, outputsOf }).catch((error: Error) => {
      expect(isUsageError(error)).to.equal(true);
      return error.message;
    });
    return { stack, asked };
  }

  it("is the current Pulumi stack by default", async () => {
    const environment = { AWS_REGION: "us-west-2" };
    expect(await found({}, environment)).to.deep.equal({
      stack: { table: "findings-blue", region: "eu-west-1" },
      asked: [undefined],
    });
  });

  it("is the one in the environment, without asking Pulumi", async () => {
    const environment = { CLOUDTRAILER_TABLE: "findings-local", AWS_DEFAULT_REGION: "us-west-2" };
    expect(await found({}, environment)).to.deep.equal({
      stack: { table: "findings-local", region: "us-west-2" },
      asked: [],
    });
  });

  it("is the one of --stack, whatever the environment says", async () => {
    const environment = { CLOUDTRAILER_TABLE: "findings-local", AWS_REGION: "us-west-2" };
    expect(await found({ stack: "red" }, environment)).to.deep.equal({
      stack: { table: "findings-red", region: "us-east-2" },
      asked: ["red"],
    });
  });

  it("may be given part by part, overriding everything else", async () => {
    const environment = { CLOUDTRAILER_TABLE: "findings-local", AWS_REGION: "us-west-2" };
    expect(await found({ table: "mine" }, environment)).to.deep.equal({
      stack: { table: "mine", region: "us-west-2" },
      asked: [],
    });
    expect((await found({ stack: "red", table: "mine", region: "eu-north-1" })).stack).to.deep.equal({
      table: "mine",
      region: "eu-north-1",
    });
  });

  it("has a queue and a function", async () => {
    const parts = ["queue", "function"] as const;
    const { stack } = await found({ function: "f" }, { CLOUDTRAILER_QUEUE: "" }, parts as never);
    expect(stack).to.deep.equal({ queue: "https://q/blue", function: "f", region: "eu-west-1" });
  });

  it("is not found if nothing names it", async () => {
    expect((await found({ stack: "nope" })).stack).to.equal(
      "unable to read the stack of --stack nope: pulumi says: no stack named 'nope' found",
    );
    expect((await found({ stack: "empty" })).stack).to.match(
      /output tableName in the stack empty, found none: run pulumi up/,
    );
    expect((await found({ table: "mine" })).stack).to.equal(
      "expected --region, or AWS_REGION in the environment",
    );
    const outputsOf = () => Promise.reject(new Error("pulumi says: no stack selected"));
    const error = await findStack(["queue", "function"], {}, { environment: {}, outputsOf }).catch(
      (one: Error) => one,
    );
    expect((error as Error).message).to.equal(
      "unable to find the stack: pulumi says: no stack selected. Select a Pulumi stack, or use --stack, " +
        "--queue and --function, or CLOUDTRAILER_QUEUE and CLOUDTRAILER_FUNCTION",
    );
  });

  it("has a table that an error names", async () => {
    const aws = namingTable(async () => {
      throw awsError("ResourceNotFoundException", "Requested resource not found");
    }, "findings-red");
    const call = (service: string) => ({ service, operation: "GetItem", region: "us-west-2", input: {} });
    const messageOf = (service: string) => aws(call(service)).catch((error: Error) => error.message);
    expect(await messageOf("dynamodb")).to.equal("expected a table findings-red in us-west-2, found none");
    expect(await messageOf("lambda")).to.equal("Requested resource not found");
  });

  describe("asks Pulumi", () => {
    let folder: string;
    const environment = { ...process.env };
    before(() => {
      folder = mkdtempSync(join(tmpdir(), "fake-pulumi-"));
    });
    beforeEach(() => {
      for (const name of Object.keys(process.env))
        if (name.startsWith("CLOUDTRAILER_")) delete process.env[name];
    });
    afterEach(() => {
      Object.assign(process.env, environment);
    });
    after(() => rmSync(folder, { recursive: true }));

    /** A program that answers in place of Pulumi, and records what it was asked. */
    const pulumi = (script: string) => {
      const asked = join(folder, "asked");
      writeFileSync(join(folder, "pulumi"), `#!/bin/sh\necho "$@" > '${asked}'\n${script}\n`, {
        mode: 0o755,
      });
      process.env.PATH = `${folder}${delimiter}${environment.PATH}`;
      return () => readFileSync(asked, "utf8").trim();
    };

    it("for the outputs, of the project that the program belongs to", async () => {
      const asked = pulumi(`echo '{ "tableName": "findings-red", "region": "us-east-2" }'`);
      expect(await findStack(["table"], { stack: "red" })).to.deep.equal({
        table: "findings-red",
        region: "us-east-2",
      });
      expect(asked()).to.equal(
        `stack output --json --non-interactive --cwd ${join(__dirname, "..", "..")} --stack red`,
      );
    });

    it("and passes on what it says", async () => {
      pulumi(
        "echo 'warning: old' >&2; echo 'error: no stack selected; use `pulumi stack select`' >&2; exit 255",
      );
      const { code, err } = await called(["report"]);
      expect(code).to.equal(2);
      expect(err).to.have.length(1);
      expect(err[0]).to.match(
        /unable to find the stack: pulumi says: no stack selected; use `pulumi stack select`\. /,
      );
    });

    it("and says that it is not installed", async () => {
      process.env.PATH = folder;
      rmSync(join(folder, "pulumi"), { force: true });
      const { err } = await called(["mode", "--stack", "red"]);
      expect(err).to.deep.equal([
        "cloudtrailer mode: unable to read the stack of --stack red: the Pulumi CLI is not installed. See cloudtrailer mode --help",
      ]);
    });
  });
});
