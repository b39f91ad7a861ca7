import { expect } from "chai";
import fc from "fast-check";
import { type Baseline, keptOf, readBaseline } from "../../../../handlers/baselines/baseline";
import { type BaselineName, baselineKinds } from "../../../../handlers/baselines/kinds/index";
import { thingsSetBy } from "../../../../handlers/baselines/setting-events";
import { type Answers, aRecord, awsError, fakeAws } from "../../../support/factories";
import { hostile } from "../../../support/hostile";
import { problemsOfCall } from "../../../support/service-model";

/** What is expected of a kind of baselines. */
export interface KindTest {
  /** One resource: what AWS returns when it is read, including what is not kept, and what is kept. */
  read: { id: string; answers: Answers; state: Baseline };
  /** What AWS returns when the kind is listed, and the resources found; that of `read` may be among them. */
  list: { answers: Answers; found: { id: string; region?: string }[]; region?: string };
  /** At least one record for each event that sets one, `[event, the record's own fields, ids]`. */
  setBy: [event: string, own: object, ids: string[]][];
}

const region = "eu-west-1";

/** Checks one kind of baselines against what is expected of it, and of every kind. */
export function describeKind(name: BaselineName, { read, list, setBy }: KindTest): void {
  const kind = baselineKinds[name];

  describe(`the baseline kind ${name}`, () => {
    it("reads one by calls that AWS has, and keeps something of each answer", async () => {
      const { aws, calls } = fakeAws({ ...read.answers });
      expect(await readBaseline(aws, kind, region, read.id)).to.deep.equal(read.state);
      expect(calls.flatMap(problemsOfCall)).to.deep.equal([]);
      expect(calls.map(({ operation }) => operation)).to.include.members(Object.keys(kind.keep));
      expect(Object.keys(read.state)).to.deep.equal(Object.keys(kind.keep));
    });

    it("treats a missing resource as a state, and one that may not be read as none", async () => {
      const failing = (code: string) => {
        const answers = Object.keys(read.answers).map((operation) => [operation, throwing(code)]);
        return readBaseline(fakeAws(Object.fromEntries(answers)).aws, kind, region, read.id).catch(
          (error: Error) => error.name,
        );
      };
      for (const code of kind.absent) expect(await failing(code), code).to.deep.equal({});
      expect(await failing("AccessDenied")).to.equal("AccessDenied");
    });

    it("finds all of them, and lists agree with reads", async () => {
      const { aws, calls } = fakeAws(list.answers);
      const found: { id: string; region?: string }[] = [];
      for await (const page of kind.list.pages(aws, list.region ?? region))
        for (const { answers, ...listed } of page) {
          found.push(listed);
          if (answers !== undefined && listed.id === read.id)
            expect(keptOf(kind, answers)).to.deep.equal(read.state);
        }
      expect(found).to.deep.equal(list.found);
      expect(calls.flatMap(problemsOfCall)).to.deep.equal([]);
    });

    const recordOf = (event: string, own: object) => {
      const [service, eventName] = event.split(":");
      return aRecord({
        eventSource: `${service}.amazonaws.com`,
        eventName,
        awsRegion: region,
        requestParameters: {},
        ...own,
      });
    };

    for (const [event, own, ids] of setBy)
      it(`${event} sets ${ids.join(", ") || "none"}`, () => {
        const expected = ids.map((id) => ({ kind: name, region, id }));
        expect(thingsSetBy(recordOf(event, own), [name])).to.deep.equal(expected);
        expect(thingsSetBy(recordOf(event, own), [])).to.deep.equal([]);
      });

    it("is set by no other call, whatever a record contains", () => {
      expect([...new Set(setBy.map(([event]) => event))].sort()).to.deep.equal(
        Object.keys(kind.setBy).sort(),
      );
      for (const [event] of setBy)
        for (const field of ["requestParameters", "responseElements", "awsRegion"])
          fc.assert(
            fc.property(hostile, (value) => {
              thingsSetBy(recordOf(event, { [field]: value }), [name]);
            }),
            { numRuns: 50 },
          );
    });
  });
}

function throwing(code: string): () => never {
  return () => {
    throw awsError(code);
  };
}
