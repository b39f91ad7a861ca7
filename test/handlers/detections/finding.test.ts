import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { reservedKeys } from "../../../handlers/aws/table";
import { actorOf } from "../../../handlers/cloudtrail/actor";
import { findingOf } from "../../../handlers/detections/finding";
import { aFinding, aRecord } from "../../support/factories";

const handlers = join(__dirname, "..", "..", "..", "handlers");

describe("a finding's ID", () => {
  const idOf = (eventID: unknown) => {
    const record = aRecord({ eventID: eventID as string });
    return findingOf(aFinding(), record, actorOf(record), "s3://b/k").id;
  };

  it("has the event's ID and the detection's", () => {
    expect(idOf("0f0e0d0c-0000-4000-8000-00000000000a")).to.equal(
      "0f0e0d0c-0000-4000-8000-00000000000a#iam-admin-policy-attached-user",
    );
  });

  const hostile: unknown[] = [
    ...reservedKeys,
    ...["burst", "collision", "known", "misplaced", "replayed", "sent", "sha256"].map(
      (kind) => `${kind}-${"0".repeat(40)}`,
    ),
    "breaker#iam-admin-policy-attached-user",
    "baseline#AWS::IAM::Role#us-east-1/deploy",
    "",
    " ",
    "a#b",
    "a b",
    "a\nb",
    "$(id)",
    "'; id; '",
    "x".repeat(129),
    "\u202e",
    undefined,
    null,
    7,
    {},
    ["a"],
  ];
  for (const eventID of hostile)
    it(`is the record's content instead of the event ID ${JSON.stringify(eventID) ?? "undefined"}`, () => {
      expect(idOf(eventID)).to.match(/^sha256-[0-9a-f]{64}#iam-admin-policy-attached-user$/);
    });

  it("is no key of anything else in the table: the first words of all other keys are reserved", () => {
    const words = new Set<string>();
    for (const entry of readdirSync(handlers, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !entry.name.endsWith(".ts")) continue;
      const text = readFileSync(join(entry.parentPath, entry.name), "utf8");
      for (const [, word = ""] of text.matchAll(/["`]([a-z]+)#(?=[`"$a-z])/g)) words.add(word);
      for (const [, word = ""] of text.matchAll(/Key = "([a-z]+)"/g)) words.add(word);
    }
    // These are keys of facts that are kept in memory, and never in the table.
    for (const word of ["group", "policy", "trail"]) words.delete(word);
    expect([...words].sort()).to.deep.equal([...reservedKeys].sort());
  });
});
