import { GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { HeadObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import type { EngineEvent, Stack } from "@pulumi/pulumi/automation";
import { expect } from "chai";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { leftovers } from "../../local/leftovers";
import type { Aws } from "../../local/resources/aws";
import { findPulumi } from "../../scripts/pulumi-cli";
import { aws as connectRoot, emulator } from "../e2e/support";
import { programOf, readRelease, type Release } from "./releases/release";
import { changes, openEngine, preparePlace, resourcesOf, startProvider } from "./support";

const releases = readdirSync(join(__dirname, "releases"))
  .filter((file) => file.endsWith(".json"))
  .map((file) => file.slice(0, -".json".length));

/** What holds data, or is known to others by its name and ARN. */
const lasting = [
  "aws:cloudtrail/trail:Trail",
  "aws:cloudwatch/logGroup:LogGroup",
  "aws:dynamodb/table:Table",
  "aws:iam/role:Role",
  "aws:lambda/function:Function",
  "aws:s3/bucket:Bucket",
  "aws:sns/topic:Topic",
  "aws:sqs/queue:Queue",
];

/** What lasts of a stack: the physical id by URN. */
async function lastingOf(stack: Stack): Promise<Record<string, string | undefined>> {
  const resources = await resourcesOf(stack);
  return Object.fromEntries(
    resources.filter(({ type }) => lasting.includes(type)).map(({ urn, id }) => [urn, id]),
  );
}

/** What an operation made of resources, as `operation URN`; not what it left, updated or read. */
function watch() {
  const seen: string[] = [];
  const onEvent = ({ resourcePreEvent }: EngineEvent) => {
    const { op, urn } = resourcePreEvent?.metadata ?? {};
    if (op && urn && /replace|delete/.test(op)) seen.push(`${op} ${urn}`);
  };
  return { seen, onEvent };
}

/** Those of {@link watch} that are about what lasts. */
function lost(seen: string[]): string[] {
  return seen.filter((one) => lasting.some((type) => one.includes(`${type}::`)));
}

for (const version of releases)
  describe(`an upgrade from ${version}`, function () {
    this.bail(true);

    let engine: ReturnType<typeof openEngine>;
    let aws: Aws;
    let release: Release;
    let stack: Stack;
    let kept: Record<string, string | undefined>;

    const logFile = () => ({ Bucket: `lambdasharp-${release.team}-cloudtrail`, Key: "AWSLogs/kept.json.gz" });
    const item = () => ({ TableName: `findings-${release.team}`, id: { S: "kept#by-the-upgrade" } });

    before(async () => {
      const pulumi = await findPulumi(console.log);
      if (!pulumi)
        throw new Error("expected pulumi on PATH or in PULUMI_BIN, or Go to build it with; found neither");
      const here = await emulator();
      const place = await preparePlace(pulumi, here);
      engine = openEngine(place, await startProvider(place));
      aws = await connectRoot();
      release = readRelease(version, here);
    });

    after(() => engine?.close());

    it("begins with the stack that the release made, and with data in it", async () => {
      const config = { "cloudtrailer:team": { value: release.team } };
      const old = await engine.stack(release.team, config, programOf(release));
      await old.up();
      kept = await lastingOf(old);
      const recorded = release.resources.filter(({ type }) => lasting.includes(type)).map(({ urn }) => urn);
      expect(kept).to.have.all.keys(recorded);
      const { TableName, id } = item();
      await aws.s3.send(new PutObjectCommand({ ...logFile(), Body: "kept" }));
      await aws.dynamodb.send(new PutItemCommand({ TableName, Item: { id } }));
      stack = await engine.stack(release.team, config);
    });

    it("says in preview that nothing is replaced or deleted that lasts", async () => {
      const { seen, onEvent } = watch();
      await stack.preview({ onEvent });
      expect(lost(seen)).to.deep.equal([]);
    });

    it("replaces and deletes nothing that lasts, and keeps its ids and the data", async () => {
      const { seen, onEvent } = watch();
      await stack.up({ onEvent });
      expect(lost(seen)).to.deep.equal([]);
      // By another URN, where an alias names the old one.
      expect(Object.values(await lastingOf(stack))).to.include.members(Object.values(kept));
      const { TableName, id } = item();
      expect(await aws.s3.send(new HeadObjectCommand(logFile()))).to.have.property("ContentLength", 4);
      const { Item } = await aws.dynamodb.send(new GetItemCommand({ TableName, Key: { id } }));
      expect(Item).to.deep.equal({ id });
    });

    it("leaves nothing to be done, and nothing after destroy", async () => {
      expect(changes(await stack.preview())).to.deep.equal({});
      const resources = await resourcesOf(stack);
      await stack.destroy();
      expect(await leftovers(resources, aws)).to.deep.equal([]);
    });
  });
