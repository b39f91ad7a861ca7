import { expect } from "chai";
import { DuckDBInstance } from "@duckdb/node-api";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { CloudTrailRecord } from "../../handlers/cloudtrail/record";
import { savedQueries } from "../../infra/athena-queries";
import { columns, projectionOf } from "../../infra/athena-table";
import { logFileSet } from "../faults/deployed/log-file-set";
import { stack, type Stack } from "./stack";

/** A type of Hive in DuckDB's words. */
function duckType(hive: string): string {
  return hive
    .replace(/\bstring\b/g, "VARCHAR")
    .replace(/\bmap<([^<>]*),([^<>]*)>/g, "MAP($1, $2)")
    .replace(/array<(.*)>$/, "$1[]")
    .replaceAll("struct<", "STRUCT(")
    .replaceAll(">", ")")
    .replace(/([A-Za-z0-9]+):/g, '"$1" ');
}

describe("the saved queries of Athena", () => {
  const account = "444455556666";
  const files = [...logFileSet(120)].filter(({ content }) => {
    try {
      return gunzipSync(content).length > 0;
    } catch {
      return false;
    }
  });
  /** The records of the account's files, by the day of the file's folder. */
  const records = files
    .filter(({ key }) => key.includes(`/${account}/`))
    .flatMap(({ key, content }) => {
      const day = /\/(\d{4}\/\d\d\/\d\d)\//.exec(key)?.[1] ?? "";
      const { Records } = JSON.parse(gunzipSync(content).toString("utf8")) as { Records: CloudTrailRecord[] };
      return Records.map((record) => ({ ...record, day }));
    });
  const [from, until] = ["2026/05/03", "2026/05/08"];
  const within = records.filter(({ day }) => day >= from && day <= until);

  let folder: string;
  let run: (query: string, parameters: string[]) => Promise<Record<string, unknown>[]>;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "cloudtrailer-athena-"));
    for (const { key, content } of files) {
      mkdirSync(dirname(join(folder, key)), { recursive: true });
      writeFileSync(join(folder, key), content);
    }
    const connection = await (await DuckDBInstance.create(":memory:")).connect();
    // The table as Athena sees it: the same columns and types, and partitions from the names of folders.
    const struct = `STRUCT(${columns.map(({ name, type }) => `"${name}" ${duckType(type)}`).join(", ")})`;
    await connection.run(`
      CREATE TABLE events AS
      SELECT unnest(event), account, region, day FROM (
        SELECT unnest(Records) AS event,
          regexp_extract(filename, 'AWSLogs/([0-9]+)/', 1) AS account,
          regexp_extract(filename, 'CloudTrail/([a-z0-9-]+)/', 1) AS region,
          regexp_extract(filename, '/([0-9]{4}/[0-9]{2}/[0-9]{2})/', 1) AS day
        FROM read_json('${folder}/AWSLogs/**/*.json.gz', columns = {Records: '${struct}[]'}, filename = true,
          maximum_object_size = 100000000))`);
    run = async (query, parameters) =>
      (await connection.runAndReadAll(query, parameters))
        .getRowObjectsJson()
        // Athena's names are in lower case.
        .map((row) =>
          Object.fromEntries(Object.entries(row).map(([name, value]) => [name.toLowerCase(), value])),
        );
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const saved = new Map(savedQueries("events").map((query) => [query.name, query]));
  const ask = (name: string, ...values: string[]) => {
    const query = saved.get(name);
    expect(query?.parameters, name).to.have.length(values.length + 3);
    return run(query?.query ?? "", [account, from, until, ...values]);
  };
  const mallory = "arn:aws:iam::111122223333:user/mallory";
  const inOrder = (those: CloudTrailRecord[]) =>
    those
      .sort((a, b) => `${a.eventTime} ${a.eventID}`.localeCompare(`${b.eventTime} ${b.eventID}`))
      .map(({ eventID }) => eventID);
  const issuerOf = ({ userIdentity }: CloudTrailRecord) =>
    (userIdentity as { sessionContext?: { sessionIssuer?: { arn?: string } } } | undefined)?.sessionContext
      ?.sessionIssuer?.arn;

  it("say all that a user did, in order", async () => {
    const rows = await ask("all-that-a-principal-did", mallory, mallory);
    const expected = inOrder(within.filter(({ userIdentity }) => userIdentity?.arn === mallory));
    expect(rows.map(({ eventid }) => eventid)).to.deep.equal(expected);
    expect(expected.length).to.be.greaterThan(5);
  });

  it("say all that the sessions of a role did", async () => {
    const role = within.map(issuerOf).find((arn) => arn !== undefined) ?? "";
    const rows = await ask("all-that-a-principal-did", role, role);
    const expected = inOrder(within.filter((record) => issuerOf(record) === role));
    expect(rows.map(({ eventid }) => eventid)).to.deep.equal(expected);
    expect(expected).to.not.deep.equal([]);
  });

  it("say all that a key did, and all that came from an address", async () => {
    const key = "AKIAEXAMPLEMALLORY00";
    const byKey = await ask("all-that-a-key-did", key);
    expect(byKey.map(({ eventid }) => eventid)).to.deep.equal(
      inOrder(within.filter(({ userIdentity }) => userIdentity?.accessKeyId === key)),
    );
    const address = "198.51.100.7";
    const fromThere = await ask("all-from-an-address", address);
    expect(fromThere.map(({ eventid }) => eventid)).to.deep.equal(
      inOrder(within.filter(({ sourceIPAddress }) => sourceIPAddress === address)),
    );
    expect(fromThere).to.not.deep.equal([]);
  });

  it("say who touched a resource, how often and when", async () => {
    const rows = await ask("who-touched-a-resource", "AdministratorAccess", "AdministratorAccess");
    const touched = within.filter(({ requestParameters, responseElements }) =>
      `${JSON.stringify(requestParameters)}${JSON.stringify(responseElements)}`.includes(
        "AdministratorAccess",
      ),
    );
    const times = touched.map(({ eventTime }) => String(eventTime)).sort();
    expect(rows).to.deep.equal([
      {
        principal: mallory,
        eventsource: "iam.amazonaws.com",
        eventname: "AttachUserPolicy",
        calls: String(touched.length),
        first: times[0],
        last: times.at(-1),
      },
    ]);
  });

  it("say what a principal did first, and where it came from", async () => {
    const own = within.filter(({ userIdentity }) => userIdentity?.arn === mallory);
    const first = new Map<string, string>();
    for (const { eventName, eventTime } of own) {
      const [name, time] = [String(eventName), String(eventTime)];
      if (!first.has(name) || time < String(first.get(name))) first.set(name, time);
    }
    const rows = await ask("first-seen", mallory, mallory);
    expect(Object.fromEntries(rows.map(({ eventname, first: at }) => [eventname, at]))).to.deep.equal(
      Object.fromEntries(first),
    );
    expect(rows.map(({ first: at }) => at)).to.deep.equal([...first.values()].sort());
    const [where] = await ask("where-a-principal-came-from", mallory, mallory);
    expect(where).to.deep.include({
      sourceipaddress: "198.51.100.7",
      useragent: "aws-cli/2.30.0",
      calls: String(own.length),
    });
  });

  it("are all tried here", () => {
    expect([...saved.keys()]).to.deep.equal([
      "all-that-a-principal-did",
      "all-that-a-key-did",
      "all-from-an-address",
      "who-touched-a-resource",
      "first-seen",
      "where-a-principal-came-from",
    ]);
  });

  it("read the folders that CloudTrail writes to, of an account and of an organization", () => {
    const place = { partition: "aws", region: "us-west-2", bucket: "logs" };
    const folderIn = (template: string | undefined, key: string) => {
      const [, owner = "", region = "", day = ""] =
        /(\d{12})\/CloudTrail\/([a-z0-9-]+)\/(\d{4}\/\d\d\/\d\d)\//.exec(key) ?? [];
      return template?.replace("${account}", owner).replace("${region}", region).replace("${day}", day);
    };
    const one = projectionOf({ ...place, account });
    const all = projectionOf({ ...place, organization: "o-abcde12345" });
    for (const { key } of files) {
      const inFolder = (name: string) => `s3://logs/${name.slice(0, name.lastIndexOf("/"))}`;
      expect(folderIn(one["storage.location.template"], key)).to.equal(inFolder(key));
      const member = key.replace("AWSLogs/", "AWSLogs/o-abcde12345/");
      expect(folderIn(all["storage.location.template"], member)).to.equal(inFolder(member));
    }
    expect(one).to.deep.include({ "projection.account.type": "enum", "projection.account.values": account });
    expect(all).to.deep.include({ "projection.account.type": "injected" });
    expect(one["projection.region.values"]?.split(",")).to.include.members([
      "us-east-1",
      "us-west-2",
      "eu-west-1",
    ]);
  });
});

describe("what queries with Athena need", () => {
  let asking: Stack;
  before(async () => {
    asking = await stack({
      team: "blue-team",
      athena: "true",
      athenaScanGigabytes: "2",
      organization: '{"id":"o-abcde12345"}',
    });
  });

  it("is a work group that stops expensive queries, and keeps results in the reports bucket, encrypted", () => {
    const { inputs } = asking.the("aws:athena/workgroup:Workgroup");
    expect(inputs).to.deep.include({ name: "cloudtrailer-blue-team", forceDestroy: true });
    expect(inputs.configuration).to.deep.equal({
      enforceWorkgroupConfiguration: true,
      bytesScannedCutoffPerQuery: 2 * 1024 ** 3,
      resultConfiguration: {
        outputLocation: "s3://cloudtrailer-reports-blue-team/athena/",
        encryptionConfiguration: { encryptionOption: "SSE_S3" },
      },
    });
    expect(asking.outputs).to.deep.include({
      athenaWorkgroup: "cloudtrailer-blue-team",
      huntsArn: undefined,
    });
  });

  it("is a table of the account, and one of the organization, each with its queries", () => {
    const tables = asking.resources.filter(({ type }) => type === "aws:glue/catalogTable:CatalogTable");
    expect(tables.map(({ inputs }) => inputs.name)).to.have.members(["events", "organization_events"]);
    const queries = asking.resources.filter(({ type }) => type === "aws:athena/namedQuery:NamedQuery");
    expect(queries).to.have.length(2 * savedQueries("").length);
    for (const { inputs } of queries)
      expect(String(inputs.query)).to.include(
        `FROM ${String(inputs.name).startsWith("organization-") ? "organization_" : ""}events`,
      );
  });
});
