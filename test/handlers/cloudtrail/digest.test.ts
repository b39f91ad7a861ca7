import { expect } from "chai";
import { gunzipSync, gzipSync } from "node:zlib";
import {
  type Digest,
  digestNameOf,
  logFileNameOf,
  readDigest,
  signatureProblem,
} from "../../../handlers/cloudtrail/digest";
import { aDigestBucket, aSigningKey, bucket, type WrittenDigest } from "../../support/digests";

const key = aSigningKey();
const keys = { [key.fingerprint]: new Uint8Array(key.der) };
const end = new Date("2026-05-04T11:01:31Z");

describe("names of digests and log files", () => {
  it("say of which region and trail a digest is, and when it ends", () => {
    const name =
      "AWSLogs/111122223333/CloudTrail-Digest/us-east-2/2015/08/17/" +
      "111122223333_CloudTrail-Digest_us-east-2_your_trail-name_eu-west-1_20150817T150131Z";
    const said = {
      region: "us-east-2",
      trail: "your_trail-name",
      homeRegion: "eu-west-1",
      end: Date.parse("2015-08-17T15:01:31Z"),
    };
    expect(digestNameOf(`${name}.json.gz`)).to.deep.equal({ ...said, isBackfill: false });
    expect(digestNameOf(`${name}_backfill.json.gz`)).to.deep.equal({ ...said, isBackfill: true });
    for (const odd of ["", name, name.replace("T150131", "T1501"), "a/CloudTrail-Digest/b"])
      expect(digestNameOf(`${odd}.gz`), odd).to.equal(undefined);
    expect(digestNameOf(`${name.replace("T150131", "T1501")}.json.gz`)).to.equal(undefined);
  });

  it("say of which account, region and minute a log file is", () => {
    const name =
      "AWSLogs/o-1/111122223333/CloudTrail/us-east-2/2015/08/17/111122223333_CloudTrail_us-east-2_20150817T1445Z_9nYN7gp2eWAJHIfT.json.gz";
    expect(logFileNameOf(name)).to.deep.equal({
      account: "111122223333",
      region: "us-east-2",
      name: "20150817T1445Z_9nYN7gp2eWAJHIfT",
      at: Date.parse("2015-08-17T14:45:00Z"),
    });
    expect(logFileNameOf("AWSLogs/x.json.gz")).to.equal(undefined);
  });
});

describe("a digest", () => {
  /** Reads a digest that a bucket has. */
  function read(written: WrittenDigest, from: ReturnType<typeof aDigestBucket>, at = written.key): Digest {
    const { body, metadata } = from.objects.get(written.key) as { body: Buffer; metadata: object };
    return readDigest({ bucket, key: at }, body, metadata as Record<string, unknown>);
  }

  function prepare() {
    const there = aDigestBucket(key);
    const file = there.logFile(new Date("2026-05-04T10:20:00Z"), [{ eventID: "1" }]);
    const first = there.digest({ end });
    const second = there.digest({
      end: new Date("2026-05-04T12:01:31Z"),
      files: [file],
      previous: first,
    });
    return { there, file, first, second };
  }

  it("is CloudTrail's when the key of the region signed it", () => {
    const { there, first, second, file } = prepare();
    const digest = read(second, there);
    expect(digest).to.deep.include({
      bucket,
      key: second.key,
      hash: second.hash,
      end: second.end.getTime(),
      start: second.end.getTime() - 3_600_000,
      files: [file],
      previous: { bucket, key: first.key, hash: first.hash, signature: first.signature },
    });
    expect(signatureProblem(digest, keys)).to.equal(undefined);
    expect(read(first, there).previous).to.equal(undefined);
    expect(signatureProblem(read(first, there), keys)).to.equal(undefined);
  });

  it("proves nothing when a byte of it is another", () => {
    const { there, second } = prepare();
    const { body, metadata } = there.objects.get(second.key) as {
      body: Buffer;
      metadata: Record<string, string>;
    };
    const text = gunzipSync(body).toString();
    const changed = text.replace(/"hashValue":"."/, '"hashValue":"0"').replace(/("hashValue":")./, "$1_");
    const altered = readDigest({ bucket, key: second.key }, gzipSync(changed), metadata);
    expect(signatureProblem(altered, keys)).to.equal("its signature is not CloudTrail's");
    for (const signature of [String(metadata.signature).replace(/^../, "00"), "00"]) {
      const forged = readDigest({ bucket, key: second.key }, body, { ...metadata, signature });
      expect(signatureProblem(forged, keys)).to.equal("its signature is not CloudTrail's");
    }
  });

  it("proves nothing when another key signed it, under whatever name", () => {
    const { there } = prepare();
    const thief = aSigningKey();
    const stolen = read(there.digest({ end, key: thief }), there);
    expect(signatureProblem(stolen, keys)).to.match(/is signed with the key "[0-9a-f]{32}", which is not/);
    const named = read(there.digest({ end, key: { ...thief, fingerprint: key.fingerprint } }), there);
    expect(signatureProblem(named, keys)).to.equal("its signature is not CloudTrail's");
    expect(signatureProblem(named, { [key.fingerprint]: new Uint8Array([1, 2, 3]) })).to.equal(
      "its signature is not CloudTrail's",
    );
    const odd = read(there.digest({ end, content: { digestPublicKeyFingerprint: "constructor" } }), there);
    expect(signatureProblem(odd, keys)).to.match(/"constructor"/);
  });

  it("is refused where it was not written", () => {
    const { there, second } = prepare();
    expect(() => read(second, there, `${second.key}x`)).to.throw(/expected it where it was written/);
  });

  const refused: [string, (body: Buffer, metadata: Record<string, string>) => [Buffer, object], RegExp][] = [
    ["without a signature", (body) => [body, {}], /expected a signature in its metadata/],
    ["with an odd signature", (body, all) => [body, { ...all, signature: "xyz" }], /expected a signature/],
    [
      "with another algorithm",
      (body, all) => [body, { ...all, "signature-algorithm": "none" }],
      /expected the signature algorithm SHA256withRSA/,
    ],
    ["that is no gzip", (_, all) => [Buffer.from("{}"), all], /incorrect header check/],
    [
      "with something after it",
      (body, all) => [Buffer.concat([body, Buffer.alloc(9)]), all],
      /9 bytes after it/,
    ],
    ["that is no JSON", (_, all) => [gzipSync("{"), all], /JSON/],
    ["that is null", (_, all) => [gzipSync("null"), all], /expected a text digestEndTime/],
  ];
  for (const [what, change, message] of refused)
    it(`is refused ${what}`, () => {
      const { there, second } = prepare();
      const { body, metadata } = there.objects.get(second.key) as {
        body: Buffer;
        metadata: Record<string, string>;
      };
      const [changed, all] = change(body, metadata);
      expect(() => readDigest({ bucket, key: second.key }, changed, all as Record<string, unknown>)).to.throw(
        message,
      );
    });

  it("is refused with half of the digest before it, and with files of which it has no hash", () => {
    const there = aDigestBucket(key);
    const half = there.digest({ end, content: { previousDigestS3Object: "a" } });
    expect(() => read(half, there)).to.throw(/all of the digest before, or nothing/);
    for (const logFiles of [[null], [{ s3Bucket: "b", s3Object: "k", hashValue: "0", hashAlgorithm: "MD5" }]])
      expect(() => read(there.digest({ end, content: { logFiles } }), there)).to.throw(/log files with/);
    expect(() => read(there.digest({ end, content: { digestStartTime: "now" } }), there)).to.throw(/times/);
  });
});
