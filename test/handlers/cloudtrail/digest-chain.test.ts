import { expect } from "chai";
import type { Digest } from "../../../handlers/cloudtrail/digest";
import { judgeChain, type ReadDigest } from "../../../handlers/cloudtrail/digest-chain";

const keyAt = (hour: number, more = "") =>
  `AWSLogs/1/CloudTrail-Digest/us-west-2/2026/05/04/1_CloudTrail-Digest_us-west-2_t_us-west-2_20260504T${String(hour).padStart(2, "0")}0000Z${more}.json.gz`;

/** The digest that ends at an hour and follows another one, or none. */
function at(hour: number, previous?: Digest, own: Partial<Digest> = {}): Digest {
  const endText = `2026-05-04T${String(hour).padStart(2, "0")}:00:00Z`;
  const end = Date.parse(endText);
  return {
    bucket: "b",
    key: keyAt(hour),
    start: end - 3_600_000,
    end,
    endText,
    hash: `hash-${hour}`,
    signature: `signature-${hour}`,
    fingerprint: "f",
    files: [],
    ...(previous && {
      previous: {
        bucket: previous.bucket,
        key: previous.key,
        hash: previous.hash,
        signature: previous.signature,
      },
    }),
    ...own,
  };
}

const valid = (digest: Digest): ReadDigest => ({ key: digest.key, digest });
const kinds = ({ problems }: ReturnType<typeof judgeChain>) => problems.map(({ kind, key }) => [kind, key]);

const ten = at(10);
const eleven = at(11, ten);
const twelve = at(12, eleven);
const head = (digest: Digest) => {
  const { bucket, key, end, hash, signature } = digest;
  return { bucket, key, end, hash, signature };
};

describe("a chain of digests", () => {
  it("is in order when each names the one before it", () => {
    const judged = judgeChain([ten, eleven, twelve].map(valid));
    expect(judged).to.deep.equal({
      problems: [],
      digests: [ten, eleven, twelve],
      missing: [],
      invalid: [],
      head: head(twelve),
    });
    expect(judgeChain([valid(twelve)], { head: head(eleven) }).problems).to.deep.equal([]);
    expect(judgeChain([], { head: head(eleven) }).head).to.deep.equal(head(eleven));
  });

  it("may begin anywhere when nothing is known of it", () => {
    expect(judgeChain([valid(twelve)]).problems).to.deep.equal([]);
    expect(judgeChain([]).head).to.equal(undefined);
  });

  it("has a gap where it begins anew", () => {
    const again = at(12);
    const { problems, head: end } = judgeChain([valid(again)], { head: head(ten) });
    expect(problems).to.have.length(1);
    expect(problems[0]?.kind).to.equal("chain-restarted");
    expect(problems[0]?.text).to.include("between 2026-05-04T10:00:00Z and 2026-05-04T11:00:00Z");
    expect(end).to.deep.equal(head(again));
  });

  it("misses what another one follows", () => {
    const judged = judgeChain([ten, twelve].map(valid));
    expect(kinds(judged)).to.deep.equal([["digest-missing", eleven.key]]);
    expect(judged.missing).to.deep.equal([{ digest: twelve.previous, after: head(ten) }]);
  });

  it("forks where two follow the same one, whenever the second comes", () => {
    const other = at(12, ten, { key: keyAt(12, "x") });
    expect(kinds(judgeChain([ten, eleven, other].map(valid)))).to.deep.equal([["chain-forked", other.key]]);
    const late = at(11, ten, { key: keyAt(11, "x"), end: eleven.end + 1 });
    const judged = judgeChain([valid(late)], { head: head(twelve) });
    expect(kinds(judged)).to.deep.equal([["chain-forked", late.key]]);
    expect(judged.head).to.deep.equal(head(twelve));
  });

  it("knows a digest that is another than its follower says", () => {
    const other = { ...eleven, hash: "another" };
    expect(kinds(judgeChain([ten, other, twelve].map(valid)))).to.deep.equal([
      ["digest-altered", eleven.key],
    ]);
    const resigned = { ...head(eleven), signature: "another" };
    expect(kinds(judgeChain([valid(twelve)], { head: resigned }))).to.deep.equal([
      ["digest-altered", eleven.key],
    ]);
  });

  it("goes past what proves nothing, says it once, and is not led by it", () => {
    const forged = { key: eleven.key, invalid: "its signature is not CloudTrail's" };
    const judged = judgeChain([valid(ten), forged]);
    expect(kinds(judged)).to.deep.equal([["digest-invalid", eleven.key]]);
    expect(judged.head).to.deep.equal(head(ten));
    expect(judged.digests).to.deep.equal([ten]);
    expect(judgeChain([valid(twelve)], judged).problems).to.deep.equal([]);
    const future = { key: keyAt(23), invalid: "its signature is not CloudTrail's" };
    expect(judgeChain([future, valid(eleven)], { head: head(ten) }).head).to.deep.equal(head(eleven));
  });
});
