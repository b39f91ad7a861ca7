import { expect } from "chai";
import { gzipSync } from "node:zlib";
import { isVerified, linesOf, run, verify } from "../../cli/verify";
import { isUsageError } from "../../cli/verb";
import { createTable } from "../../handlers/aws/table";
import { createReadFiles } from "../../handlers/watch/read-files";
import { aDigestBucket, aSigningKey, bucket, trail } from "../support/digests";
import { account, awsError, someSettings } from "../support/factories";
import { aTable } from "../support/memory-dynamodb";

const key = aSigningKey();
const at = (time: string) => new Date(`2026-05-04T${time}:00Z`);

describe("cloudtrailer verify", () => {
  /** Two hours of digests in two regions, with a log file each, which were processed. */
  async function prepare() {
    const table = aTable({
      "watch#digests": {
        since: { N: String(at("08:00").getTime()) },
        regions: { SS: ["us-west-2", "us-east-1"] },
      },
    });
    const there = aDigestBucket(key, {
      ...table.answers,
      "sts:GetCallerIdentity": { Account: account },
      "cloudtrail:GetTrail": {
        Trail: {
          Name: trail.name,
          TrailARN: trail.arn,
          S3BucketName: bucket,
          LogFileValidationEnabled: true,
        },
      },
    });
    const readFiles = createReadFiles(createTable(there.aws, someSettings()), { days: 1, now: () => 0 });
    const file = there.logFile(at("10:20"), [{ eventID: "1" }]);
    const first = there.digest({ end: at("10:00") });
    const second = there.digest({ end: at("11:00"), files: [file], previous: first });
    const other = there.digest({ region: "us-east-1", end: at("11:01") });
    await readFiles.note([{ ...file, tag: "t" }]);
    const verified = async (now = at("11:30"), from = at("08:30")) =>
      verify({
        trail: trail.arn,
        table: "findings-red",
        region: "us-west-2",
        from: from.getTime(),
        aws: there.aws,
        now: () => now.getTime(),
      });
    return { there, table, readFiles, verified, file, first, second, other };
  }

  it("prints what it verified, in 80 columns", async () => {
    const { verified } = await prepare();
    const result = await verified();
    expect(isVerified(result)).to.equal(true);
    expect(linesOf(result, { width: 80 })).to.deep.equal([
      "REGION     FROM          TO            DIGESTS  LOG FILES  UNREAD  WRONG",
      "us-east-1  05-04 10:01Z  05-04 11:01Z        1          0",
      "us-west-2  05-04 09:00Z  05-04 11:00Z        2          1",
      "",
      "all verified: 3 digests, 1 log file",
    ]);
  });

  it("reads every log file anew, and shows what is wrong with the whole key", async () => {
    const { there, verified, file } = await prepare();
    there.put(file.key, gzipSync("{}"));
    const result = await verified();
    expect(isVerified(result)).to.equal(false);
    const lines = linesOf(result, { width: 80 });
    expect(lines).to.include(file.key);
    expect(lines.slice(-4)).to.deep.equal([
      "us-west-2 log-file-altered: this log file is not as CloudTrail wrote it",
      file.key,
      "",
      "1 problem",
    ]);
    for (const line of lines) if (line !== file.key) expect(line.length, line).to.be.at.most(80);
    there.objects.delete(file.key);
    expect((await verified()).problems.map(({ kind }) => kind)).to.deep.equal(["log-file-missing"]);
  });

  it("knows what was read from what is there now", async () => {
    const { readFiles, verified, file } = await prepare();
    await readFiles.note([{ key: file.key, hash: "00", tag: "t" }]);
    const { problems } = await verified();
    expect(problems.map(({ kind, text }) => [kind, text])).to.deep.equal([
      ["log-file-altered", "this log file was not as CloudTrail wrote it when the function read it"],
    ]);
  });

  it("shows log files that the function did not process, since there is a function", async () => {
    const { there, verified, second } = await prepare();
    const old = there.logFile(at("07:50"), [{ eventID: "2" }]);
    const young = there.logFile(at("11:25"), [{ eventID: "3" }]);
    const lost = there.logFile(at("11:05"), [{ eventID: "4" }]);
    there.digest({ end: at("11:28"), files: [old, young, lost], previous: second });
    const result = await verified();
    expect(result.problems.map(({ kind, key: about }) => [kind, about])).to.deep.equal([
      ["log-file-unprocessed", lost.key],
    ]);
    expect(linesOf(result)[2]).to.match(/^us-west-2 .* 3 +4 +1 +1$/);
  });

  it("follows the chain and the signatures", async () => {
    const { there, verified, second } = await prepare();
    there.objects.delete(second.key);
    there.digest({ end: at("11:10"), previous: second });
    there.digest({ end: at("11:20"), key: aSigningKey() });
    const { problems } = await verified();
    expect(problems.map(({ kind }) => kind)).to.have.members(["digest-missing", "digest-invalid"]);
  });

  it("takes backfilled digests for what they are", async () => {
    const { there, verified, readFiles } = await prepare();
    const late = there.logFile(at("09:30"), [{ eventID: "late" }]);
    await readFiles.note([{ ...late, tag: "t" }]);
    there.digest({ end: at("10:00"), files: [late], isBackfill: true });
    const result = await verified();
    expect(result.problems).to.deep.equal([]);
    expect(result.regions.find(({ region }) => region === "us-west-2")).to.deep.include({
      digests: 3,
      logFiles: 2,
    });
  });

  it("shows where digests do not come, and does not take nothing for good", async () => {
    const { there, verified } = await prepare();
    const late = await verified(at("14:02"));
    expect(late.problems.map(({ kind, region }) => [kind, region])).to.deep.equal([
      ["digest-overdue", "us-east-1"],
      ["digest-overdue", "us-west-2"],
    ]);
    const none = await verified(at("11:30"), at("11:20"));
    expect(none.problems).to.deep.equal([]);
    expect(isVerified(none)).to.equal(false);
    expect(linesOf(none).at(-1)).to.equal("nothing verified: no digest ends in this time");
    for (const name of [...there.objects.keys()]) if (name.includes("Digest")) there.objects.delete(name);
    expect(linesOf(await verified(at("14:02"))).join(" ")).to.include(
      "nothing vouches for the log files since",
    );
  });

  describe("of an organization trail", () => {
    const member = "222233334444";
    const folder = "AWSLogs/o-abcde12345/";

    async function ofOrganization(whose: string, asked?: string) {
      const table = aTable({
        [whose === account ? "watch#digests" : `watch#digests@${whose}`]: {
          since: { N: String(at("08:00").getTime()) },
          regions: { SS: ["us-west-2"] },
        },
      });
      const there = aDigestBucket(key, table.answers, { account: whose, folder: `${folder}${whose}/` });
      Object.assign(there.answers, {
        "sts:GetCallerIdentity": { Account: account },
        "cloudtrail:GetTrail": {
          Trail: {
            Name: trail.name,
            // The management account's, which looks after none of this.
            TrailARN: trail.arn.replace(account, "999988887777"),
            S3BucketName: bucket,
            IsOrganizationTrail: true,
          },
        },
      });
      const file = there.logFile(at("10:20"), [{ eventID: "1" }]);
      there.digest({ end: at("11:00"), files: [file] });
      return verify({
        trail: trail.arn,
        account: asked,
        table: "findings-red",
        region: "us-west-2",
        from: at("08:30").getTime(),
        aws: there.aws,
        now: () => at("11:30").getTime(),
      });
    }

    it("verifies the stack's own account", async () => {
      const { regions, problems } = await ofOrganization(account);
      expect(regions).to.have.length(1);
      expect(regions[0]).to.include({ digests: 1, logFiles: 1, unread: 1 });
      expect(problems.map(({ kind }) => kind)).to.deep.equal(["log-file-unprocessed"]);
    });

    it("verifies a member by its ID", async () => {
      const { regions, problems } = await ofOrganization(member, member);
      expect(regions[0]).to.include({ digests: 1, logFiles: 1, unread: 1 });
      expect(problems.map(({ key: about = "" }) => about.startsWith(`${folder}${member}/`))).to.deep.equal([
        true,
      ]);
    });

    it("does not guess whose log files are in a bucket of two organizations, or of none", async () => {
      const there = aDigestBucket(key, { "sts:GetCallerIdentity": { Account: account } });
      there.answers["cloudtrail:GetTrail"] = {
        Trail: { Name: trail.name, TrailARN: trail.arn, S3BucketName: bucket, IsOrganizationTrail: true },
      };
      const messageOf = () =>
        verify({
          trail: trail.arn,
          table: "findings-red",
          region: "us-west-2",
          from: 0,
          aws: there.aws,
          now: () => 0,
        }).then(
          () => "none",
          (error: Error) => error.message,
        );
      const expected = `expected log files of one organization in s3://${bucket}/AWSLogs/, found`;
      expect(await messageOf()).to.equal(`${expected} none`);
      for (const id of ["o-abcde12345", "o-zzzzz99999"]) there.put(`AWSLogs/${id}/x`, Buffer.from(""));
      expect(await messageOf()).to.equal(`${expected} o-abcde12345, o-zzzzz99999`);
    });
  });

  it("says which trail it did not find", async () => {
    const { there, verified } = await prepare();
    there.answers["cloudtrail:GetTrail"] = () => {
      throw awsError("TrailNotFoundException", "Unknown trail: ours");
    };
    const message = await verified().then(
      () => "none",
      (error: Error) => error.message,
    );
    expect(message).to.equal("Unknown trail: ours");
  });

  it("looks below the trail's own prefix", async () => {
    const { there, verified } = await prepare();
    there.answers["cloudtrail:GetTrail"] = {
      Trail: { Name: trail.name, TrailARN: trail.arn, S3BucketName: bucket, S3KeyPrefix: "team/a" },
    };
    there.calls.length = 0;
    await verified();
    const prefixes = there.calls
      .filter(({ operation }) => operation === "ListObjectsV2")
      .map(({ input }) => String(input.Prefix));
    for (const prefix of prefixes)
      expect(prefix).to.match(new RegExp(`^team/a/AWSLogs/${account}/CloudTrail`));
  });

  it("refuses what it does not know", async () => {
    const io = { out: () => {}, err: () => {} };
    const given = { since: "24h", format: "table", trail: "t", table: "f", region: "us-west-2" };
    for (const wrong of [
      { format: "xml" },
      { since: "yesterday" },
      { since: "2999-01-01" },
      { account: "payments" },
    ]) {
      const values = { ...given, account: undefined, stack: undefined, endpoint: undefined, ...wrong };
      const error = await run({ values, positionals: [] }, io).then(
        () => undefined,
        (reason: Error) => reason,
      );
      expect(isUsageError(error), JSON.stringify(wrong)).to.equal(true);
    }
  });
});
