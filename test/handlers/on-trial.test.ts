import { expect } from "chai";
import { asksToTry, createOnTrial } from "../../handlers/on-trial";
import { awsError, fakeAws, someSettings } from "../support/factories";
import { aTable } from "../support/memory-dynamodb";

const logFile = `${someSettings().prefix}CloudTrail/us-west-2/2026/05/04/x.json.gz`;
const gzip = [0x1f, 0x8b, 8];

/** An answer, which is thrown if it is an error. */
const thrown = (answer: unknown) => (): Record<string, unknown> => {
  if (answer instanceof Error) throw answer;
  return answer as Record<string, unknown>;
};

function prepare(body: unknown = gzip, why?: string, undelivered?: string) {
  let clock = Date.parse("2026-05-04T10:00:00Z");
  const published: string[] = [];
  const table = aTable();
  const answer = Array.isArray(body)
    ? { Body: [Uint8Array.from(body as number[])], LastModified: new Date(0) }
    : body;
  const s3 = fakeAws({ "s3:GetObject": thrown(answer) });
  const onTrial = createOnTrial({
    settings: someSettings(),
    aws: (call) => (call.service === "dynamodb" ? table.aws(call) : s3.aws(call)),
    whyUnproven: async () => why,
    alertTrial: async (id, isForEverybody) => {
      published.push(isForEverybody ? `${id} for everybody` : id);
      return undelivered;
    },
    now: () => clock,
  });
  return { onTrial, published, calls: s3.calls, pass: (ms: number) => (clock += ms) };
}

describe("createOnTrial", () => {
  it("knows its event", () => {
    expect(asksToTry({ cloudtrailer: "try" })).to.equal(true);
    expect(asksToTry({ cloudtrailer: "try", logFile })).to.equal(true);
    for (const other of [
      {},
      null,
      [],
      { cloudtrailer: "try", logFile: {} },
      { cloudtrailer: "try", everybody: 1 },
      { Records: [] },
    ])
      expect(asksToTry(other)).to.equal(false);
  });

  it("reads a log file and publishes an alert", async () => {
    const { onTrial, published } = prepare();
    const id = "trial 2026-05-04T10:00:00.000Z";
    expect(await onTrial({ cloudtrailer: "try", logFile })).to.deep.equal({
      read: { problem: undefined },
      proof: { problem: undefined },
      alert: { id, problem: undefined },
    });
    expect(published).to.deep.equal([id]);
  });

  it("publishes a test to everybody, and says what the findings bus did not take", async () => {
    const { onTrial, published } = prepare(gzip, undefined, "AccessDeniedException");
    const id = "test 2026-05-04T10:00:00.000Z";
    expect((await onTrial({ cloudtrailer: "try", everybody: true })).alert).to.deep.equal({
      id,
      problem: undefined,
      undelivered: "AccessDeniedException",
    });
    expect(published).to.deep.equal([`${id} for everybody`]);
  });

  it("says what is wrong with each step", async () => {
    const tried = await prepare(awsError("AccessDenied"), "others may write").onTrial({
      cloudtrailer: "try",
      logFile,
    });
    expect(tried.read?.problem).to.match(/AccessDenied/);
    expect(tried.proof.problem).to.equal("others may write");
    const other = await prepare([1, 2, 3]).onTrial({ cloudtrailer: "try", logFile });
    expect(other.read?.problem).to.match(/expected gzip/);
  });

  it("reads nothing but log files", async () => {
    for (const key of ["secret.txt", `${someSettings().prefix}CloudTrail-Digest/x.json.gz`, "../x.json.gz"]) {
      const { onTrial, calls } = prepare();
      expect((await onTrial({ cloudtrailer: "try", logFile: key })).read?.problem).to.match(
        /expected the key of a log file/,
      );
      expect(calls).to.deep.equal([]);
    }
  });

  it("publishes at most one alert a minute, whoever asks", async () => {
    const { onTrial, published, pass } = prepare();
    await onTrial({ cloudtrailer: "try" });
    expect((await onTrial({ cloudtrailer: "try" })).alert.problem).to.match(/within the last minute/);
    pass(60_001);
    await onTrial({ cloudtrailer: "try" });
    expect(published).to.have.length(2);
  });
});
