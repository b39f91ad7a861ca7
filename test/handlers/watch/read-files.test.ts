import { expect } from "chai";
import { createTable } from "../../../handlers/aws/table";
import { createReadFiles } from "../../../handlers/watch/read-files";
import { account, awsError, someSettings } from "../../support/factories";
import { aTable } from "../../support/memory-dynamodb";

const keyOf = (stamp: string, unique: string, region = "us-west-2") =>
  `AWSLogs/${account}/CloudTrail/${region}/2026/05/04/${account}_CloudTrail_${region}_20260504T${stamp}Z_${unique}.json.gz`;

describe("the memory of log files that were read", () => {
  function prepare() {
    const table = aTable();
    const door = createTable(table.aws, someSettings());
    const readFiles = createReadFiles(door, { days: 90, now: () => Date.parse("2026-05-04T12:00:00Z") });
    return { readFiles, items: table.items, answers: table.answers };
  }

  it("has one item for each account, region and hour", async () => {
    const { readFiles, items } = prepare();
    const files = [
      keyOf("1000", "a"),
      keyOf("1059", "b"),
      keyOf("1100", "c"),
      keyOf("1000", "a", "us-east-1"),
    ].map((key, index) => ({ key, hash: `hash${index}`, tag: `tag${index}` }));
    await readFiles.note(files);
    await readFiles.note(files);
    expect(Object.keys(items)).to.have.members([
      `digest#${account}#us-west-2#2026-05-04T10`,
      `digest#${account}#us-west-2#2026-05-04T11`,
      `digest#${account}#us-east-1#2026-05-04T10`,
    ]);
    const item = items[`digest#${account}#us-west-2#2026-05-04T10`];
    expect(item?.files?.SS).to.deep.equal(["20260504T1000Z_a hash0 tag0", "20260504T1059Z_b hash1 tag1"]);
    expect(item?.expiresAt?.N).to.equal(String(Date.parse("2026-08-02T12:00:00Z") / 1000));

    const found = await readFiles.lookUp([...files.map(({ key }) => key), keyOf("1000", "unread"), "odd"]);
    expect([...found]).to.deep.equal(files.map(({ key, hash, tag }) => [key, [{ hash, tag }]]));
  });

  it("keeps each of several readings that differ", async () => {
    const { readFiles } = prepare();
    const key = keyOf("1000", "a");
    await readFiles.note([{ key, hash: "first", tag: "1" }]);
    await readFiles.note([{ key, hash: "second", tag: "2" }]);
    expect((await readFiles.lookUp([key])).get(key)).to.deep.equal([
      { hash: "first", tag: "1" },
      { hash: "second", tag: "2" },
    ]);
  });

  it("leaves out what no digest can list", async () => {
    const { readFiles, items } = prepare();
    await readFiles.note([{ key: "AWSLogs/odd.json.gz", hash: "h", tag: "t" }]);
    expect(items).to.deep.equal({});
  });

  it("goes on in another item when one is full, and finds what is there", async () => {
    const { readFiles, items, answers } = prepare();
    const hour = `digest#${account}#us-west-2#2026-05-04T10`;
    const many = Array.from({ length: 1_200 }, (_, index) => ({
      key: keyOf("1000", `m${index}`),
      hash: "h",
      tag: "t",
    }));
    await readFiles.note(many);
    const update = answers["dynamodb:UpdateItem"] as (
      input: Record<string, unknown>,
    ) => Record<string, unknown>;
    answers["dynamodb:UpdateItem"] = (input) => {
      if (JSON.stringify(input.Key).includes(`${hour}"`))
        throw awsError("ValidationException", "Item size to update has exceeded the maximum allowed size");
      return update(input);
    };
    const key = keyOf("1001", "more");
    await readFiles.note([{ key, hash: "h", tag: "t" }]);
    expect(Object.keys(items)).to.have.members([hour, `${hour}#2`]);
    expect([...(await readFiles.lookUp([key])).keys()]).to.deep.equal([key]);

    answers["dynamodb:UpdateItem"] = () => {
      throw awsError("ValidationException", "another one");
    };
    const failure = await readFiles.note([{ key, hash: "h", tag: "t" }]).then(
      () => "none",
      (error: Error) => error.message,
    );
    expect(failure).to.equal("another one");
  });
});
