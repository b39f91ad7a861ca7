import { expect } from "chai";
import { listLogFiles, type ListPageOf, type Wanted } from "../../../cli/hunt/list";
import { blue, logFileKey, red, wanted } from "./support";

const day = 86_400_000;

/** A bucket with these keys, which answers pages of `size`, and what was asked of it. */
function aBucket(keys: string[], size = 2) {
  const asked: string[] = [];
  const sorted = [...keys].sort();
  const list: ListPageOf = ({ prefix, delimiter, after = "", token }) => {
    asked.push(`${prefix} ${delimiter ?? ""}`);
    const from = token ?? after;
    const below = sorted.filter((key) => key.startsWith(prefix) && key > from);
    if (delimiter !== undefined) {
      const folders = [...new Set(below.map((key) => `${prefix}${key.slice(prefix.length).split("/")[0]}/`))];
      return Promise.resolve({ files: [], folders });
    }
    const page = below.slice(0, size);
    const next = below.length > size ? page.at(-1) : undefined;
    return Promise.resolve({
      files: page.map((key) => [key, 100]),
      folders: [],
      ...(next === undefined ? {} : { next }),
    });
  };
  return { list, asked };
}

const keysOf = async (list: ListPageOf, own: Partial<Wanted> = {}) =>
  (await listLogFiles(wanted(own), list)).files.map(([name]) => name);

describe("the list of log files to hunt in", () => {
  const dates = ["2026-05-01", "2026-05-02", "2026-05-03", "2026-05-04", "2026-06-01"];
  const all = [red, blue].flatMap((account) =>
    ["us-east-1", "eu-west-1"].flatMap((region) => dates.map((date) => logFileKey(account, region, date))),
  );

  it("has the files of the days, in the order in which S3 lists all of them", async () => {
    const { list } = aBucket([
      ...all,
      ...all.map((name) => name.replaceAll("/CloudTrail/", "/CloudTrail-Digest/")),
    ]);
    const expected = all.filter((name) => /2026\/05\/0[23]\//.test(name)).sort();
    expect(await keysOf(list)).to.deep.equal(expected);
  });

  it("asks for no other days, accounts and regions", async () => {
    const { list, asked } = aBucket(all, 1000);
    const { files, requests, accounts, regions } = await listLogFiles(
      wanted({ accounts: [blue], regions: ["eu-west-1"] }),
      list,
    );
    expect(files.map(([name]) => name)).to.deep.equal([
      logFileKey(blue, "eu-west-1", "2026-05-02"),
      logFileKey(blue, "eu-west-1", "2026-05-03"),
    ]);
    expect(asked).to.deep.equal([
      "AWSLogs/ /",
      `AWSLogs/${blue}/CloudTrail/ /`,
      `AWSLogs/${blue}/CloudTrail/eu-west-1/ `,
    ]);
    expect({ requests, accounts, regions }).to.deep.equal({ requests: 3, accounts: 1, regions: 1 });
  });

  it("understands an organization's layout, a prefix, and both in one bucket", async () => {
    const folder = "audit/AWSLogs/";
    const own = logFileKey(red, "us-east-1", "2026-05-02", { folder });
    const member = logFileKey(blue, "us-east-1", "2026-05-02", { folder: `${folder}o-abcde12345/` });
    const { list } = aBucket([own, member, "audit/AWSLogs/aws-account/x", "notes.txt"]);
    expect(await keysOf(list, { prefix: "audit/" })).to.deep.equal([own, member]);
  });

  it("goes by the time in a file's name, and by its day if there is none", async () => {
    const nameless = `AWSLogs/${red}/CloudTrail/us-east-1/2026/05/02/other.json.gz`;
    const keys = ["0000", "1159", "1200", "2355"].map((clock) =>
      logFileKey(red, "us-east-1", "2026-05-02", { clock }),
    );
    const { list } = aBucket([...keys, nameless]);
    const noon = Date.parse("2026-05-02T12:00:00Z");
    expect(await keysOf(list, { from: noon, until: noon + day / 4 })).to.deep.equal(
      [keys[2], nameless].sort(),
    );
    expect(await keysOf(list, { from: noon - day, until: noon })).to.deep.equal(
      [keys[0], keys[1], nameless].sort(),
    );
  });

  it("passes over what is not in a day's folder", async () => {
    const good = logFileKey(red, "us-east-1", "2026-05-02");
    const { list } = aBucket([good, `AWSLogs/${red}/CloudTrail/us-east-1/2026/05/x.json.gz`]);
    expect(await keysOf(list)).to.deep.equal([good]);
  });
});
