import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { expect } from "chai";
import { inventoryLines, inventoryPlaceOf, listInventory } from "../../../cli/hunt/inventory";
import { listLogFiles, type ListPageOf, type Wanted } from "../../../cli/hunt/list";
import { blue, logFileKey, red, wanted } from "./support";

const address = "s3://inventories/logs/all/2026-06-01T01-00Z/manifest.json";
const madeAt = Date.parse("2026-06-01T00:00:00Z");

const keys = [red, blue].flatMap((account) =>
  ["us-east-1", "eu-west-1"].flatMap((region) =>
    ["2026-05-01", "2026-05-02", "2026-05-03", "2026-05-04"].map((date) => logFileKey(account, region, date)),
  ),
);
/** Cells as S3 writes them. */
const row = (...cells: string[]) => `${cells.map((cell) => `"${cell}"`).join(",")}\n`;
const rowOf = (name: string) => row("logs", encodeURIComponent(name).replaceAll("%2F", "/"), "100");

/** An inventory of rows in as many files as there are lists, whose manifest can be changed. */
function anInventory(files: string[][], own: Record<string, unknown> = {}) {
  const objects = new Map<string, Buffer>();
  const listed = files.map((rows, index) => {
    const content = gzipSync(rows.join(""));
    objects.set(`data/${index}.csv.gz`, content);
    return {
      key: `data/${index}.csv.gz`,
      size: content.length,
      MD5checksum: createHash("md5").update(content).digest("hex"),
    };
  });
  const manifest = {
    sourceBucket: "logs",
    destinationBucket: "arn:aws:s3:::inventories",
    version: "2016-11-30",
    creationTimestamp: String(madeAt),
    fileFormat: "CSV",
    fileSchema: "Bucket, Key, Size",
    files: listed,
    ...own,
  };
  objects.set(address.slice("s3://inventories/".length), Buffer.from(JSON.stringify(manifest)));
  const open = (bucket: string, name: string): Promise<AsyncIterable<Uint8Array>> => {
    const object = bucket === "inventories" ? objects.get(name) : undefined;
    if (object === undefined) return Promise.reject(new Error(`no object ${bucket}/${name}`));
    return Promise.resolve(Readable.from([object.subarray(0, 10), object.subarray(10)]));
  };
  return { open, objects };
}

const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => expect.fail("expected an error"),
    ({ message }: Error) => message,
  );

describe("the log files to hunt in, by an inventory", () => {
  /** A bucket that answers with all keys below a prefix. */
  const list: ListPageOf = ({ prefix, delimiter, after = "" }) => {
    const below = [...keys].sort().filter((name) => name.startsWith(prefix) && name > after);
    const folders = below.map((name) => `${prefix}${name.slice(prefix.length).split("/")[0]}/`);
    return Promise.resolve(
      delimiter === undefined
        ? { files: below.map((name) => [name, 100]), folders: [] }
        : { files: [], folders: [...new Set(folders)] },
    );
  };

  for (const [what, own] of Object.entries<Partial<Wanted>>({
    "of all accounts": {},
    "of one account": { accounts: [blue] },
    "of one region": { regions: ["eu-west-1"] },
    "of another time": {
      from: Date.parse("2026-05-03T00:04:00Z"),
      until: Date.parse("2026-05-03T00:06:00Z"),
    },
  }))
    it(`are those that a listing has, in its order: ${what}`, async () => {
      const rows = [...keys].reverse().map(rowOf);
      const { open } = anInventory([rows.slice(0, 5), rows.slice(5)]);
      const { files, accounts, regions } = await listInventory(wanted(own), address, open);
      const expected = await listLogFiles(wanted(own), list);
      expect(files).to.deep.equal(expected.files);
      expect(files).not.to.deep.equal([]);
      expect({ accounts, regions }).to.deep.equal({ accounts: expected.accounts, regions: expected.regions });
    });

  it("are only log files of the bucket, below the prefix, in their newest version; the others are counted", async () => {
    const own = logFileKey(red, "us-east-1", "2026-05-02", { folder: "audit trail/AWSLogs/o-abcde12345/" });
    const { open } = anInventory(
      [
        [
          row("logs", encodeURIComponent(own).replaceAll("%2F", "/"), "7", "true", "false"),
          row("logs", own.replace("audit trail", "audit+trail"), "8", "false", "false"),
          row("logs", "gone", "", "true", "true"),
          row("others", own, "7", "true", "false"),
          row("logs", logFileKey(red, "us-east-1", "2026-05-02"), "7", "true", "false"),
          row(
            "logs",
            `audit+trail/AWSLogs/${red}/CloudTrail-Digest/us-east-1/2026/05/02/x`,
            "7",
            "true",
            "false",
          ),
          row("logs", "note+%22s%22,%0A.txt", "7", "true", "false"),
        ],
      ],
      { fileSchema: "Bucket, Key, Size, IsLatest, IsDeleteMarker" },
    );
    const listing = await listInventory(wanted({ prefix: "audit trail/" }), address, open);
    expect(listing.files).to.deep.equal([[own, 7]]);
    expect(Object.fromEntries(listing.leftOut)).to.deep.equal({
      "older versions and delete markers": 2,
      "in another bucket": 1,
      "other than log files below the prefix": 3,
    });
    expect(listing.requests).to.equal(2);
    expect(inventoryLines(listing, madeAt + 1)).to.deep.equal([
      "inventory of 2026-06-01T00:00:00.000Z: 7 objects, 1 of them to read; left out: 2 older versions and delete markers, 1 in another bucket, 3 other than log files below the prefix",
      "log files written after 2026-06-01T00:00:00.000Z are not in it",
    ]);
    expect(inventoryLines(listing, madeAt)).to.have.length(1);
  });

  for (const [what, own, problem] of [
    ["another bucket's", { sourceBucket: "others" }, /inventory of the bucket logs .*found "others"/],
    ["in another format", { fileFormat: "Parquet" }, /fileFormat CSV; .* found "Parquet"/],
    [
      "without sizes",
      { fileSchema: "Bucket, Key" },
      /the field Size in fileSchema; add it.*found "Bucket, Key"/,
    ],
    ["without keys", { fileSchema: "Bucket, Size" }, /the field Key/],
    [
      "without a destination",
      { destinationBucket: "inventories" },
      /the ARN of a bucket as destinationBucket/,
    ],
    ["without a time", { creationTimestamp: "today" }, /epoch milliseconds as creationTimestamp/],
    ["without checksums", { files: [{ key: "data/0.csv.gz" }] }, /files with key and MD5checksum/],
    [
      "with another checksum",
      { files: [{ key: "data/0.csv.gz", MD5checksum: "0".repeat(32) }] },
      /expected the MD5 0{32} of s3:\/\/inventories\/data\/0\.csv\.gz, found [0-9a-f]{32}/,
    ],
    ["of files that are not there", { files: [{ key: "gone", MD5checksum: "0".repeat(32) }] }, /no object/],
  ] as const)
    it(`are refused by one ${what}`, async () => {
      const { open } = anInventory([keys.map(rowOf)], own);
      expect(await failure(listInventory(wanted(), address, open))).to.match(problem);
    });

  it("are refused by rows without a size, by files that are no gzip, and by what is no manifest", async () => {
    const { open } = anInventory([[row("logs", "x", "")]]);
    expect(await failure(listInventory(wanted(), address, open))).to.match(
      /rows with a key and a size in s3/,
    );
    const broken = anInventory([[]]);
    broken.objects.set("data/0.csv.gz", Buffer.from("hello"));
    expect(await failure(listInventory(wanted(), address, broken.open))).to.match(
      /expected CSV in gzip at s3/,
    );
    broken.objects.set(address.slice("s3://inventories/".length), Buffer.from("<html>"));
    expect(await failure(listInventory(wanted(), address, broken.open))).to.match(
      /the manifest of an S3 inventory, as JSON in s3.*found "<html>"/,
    );
    for (const other of ["manifest.json", "s3://b/x", "https://b/manifest.json", "s3:///manifest.json"])
      expect(() => inventoryPlaceOf(other), other).to.throw("expected s3://bucket/path/manifest.json");
  });
});
