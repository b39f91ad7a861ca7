import { expect } from "chai";
import { runExamples } from "../../../cli/rules/run-examples";
import type { Call } from "../../../handlers/aws/call";
import type { Hit } from "../../../handlers/rules/examples";
import type { Rule } from "../../../handlers/rules/rule";
import type { NoPlan, Plan } from "../../../handlers/remediations/remediation";

const call: Call = {
  service: "ec2",
  operation: "CreateTags",
  region: "us-east-1",
  input: { Resources: ["i-1"], Tags: [{ Key: "env", Value: "prod" }] },
};
const rollback: Call = { ...call, operation: "DeleteTags" };
const sound: Plan = { summary: "Tag i-1", calls: [call], rollback: [rollback] };

type Fix = NonNullable<Rule["remediation"]>;

/** What differs from what a hit expects of a fix. */
async function differences(plan: Fix["plan"], hit: Partial<Hit>, more: Partial<Fix> = {}): Promise<string[]> {
  const rule: Rule = {
    id: "ec2-prod-untagged",
    title: "T",
    severity: "low",
    events: ["ec2:DeleteTags"],
    match: () => ({ evidence: [{ parameter: "eventName", value: 1 }], resources: [] }),
    remediation: { reads: ["ec2:DescribeTags"], writes: ["ec2:CreateTags"], plan, ...more },
    runbook: ["Ask."],
  };
  const record = { eventSource: "ec2.amazonaws.com", eventName: "DeleteTags" };
  const examples = { hits: [{ record, ...hit }], misses: [{ record }] } as never;
  const [first] = await runExamples({ rule, examples, file: "/own/ec2-prod-untagged.ts" });
  return (first?.differences ?? []).map(
    ({ path, message }) => `${path.replace("examples.hits[0]", "hit")}: ${message}`,
  );
}

const planning = (plan: unknown) => () => Promise.resolve(plan as Plan | NoPlan);
const reading: Fix["plan"] = async (_, aws) => {
  const { Tags } = await aws({ service: "ec2", operation: "DescribeTags", region: "us-east-1", input: {} });
  return (Tags as unknown[]).length > 0 ? { outcome: "already-ok", reason: "it is there" } : sound;
};

describe("the fix in an example", () => {
  it("passes when it makes the calls that are expected", async () => {
    const hit = { live: { "ec2:DescribeTags": { Tags: [] } }, calls: [call], rollback: [rollback] };
    expect(await differences(reading, hit)).to.deep.equal([]);
    const { service, operation, input } = call;
    expect(await differences(planning(sound), { calls: [{ service, operation, input }] })).to.deep.equal([]);
  });

  it("fails for reads that AWS would not take", async () => {
    const plan: Fix["plan"] = async (_, aws) => {
      await aws({ service: "ec", operation: "DescribeTags", region: "us-east-1", input: {} });
      return sound;
    };
    const [first] = await differences(plan, { live: { "ec:DescribeTags": {} }, calls: [call] });
    expect(first).to.match(/^hit\.live: expected a service of the AWS CLI .*found "ec" \(did you mean ec2/);
  });

  it("is not looked at where nothing is expected of it", async () => {
    expect(await differences(() => Promise.reject(new Error("not asked")), {})).to.deep.equal([]);
  });

  it("fails for other calls, with what differs", async () => {
    const expected = { ...call, input: { ...call.input, Resources: ["i-2"] } };
    expect(await differences(planning(sound), { calls: [expected] })).to.deep.equal([
      'hit.calls[0].input.Resources[0]: expected "i-2", found "i-1"',
    ]);
    expect(await differences(planning(sound), { calls: [] })).to.deep.equal([
      'hit.calls: expected 0 calls, found 1: ec2:CreateTags {"Resources":["i-1"],"Tags":[{"Key":"env","Value":"prod"}]}',
    ]);
    expect(await differences(planning(sound), { calls: [call], rollback: [] })).to.have.length(1);
  });

  it("fails for an outcome in place of calls, and for calls in place of an outcome", async () => {
    const done = { outcome: "already-ok", reason: "it is there" };
    expect(await differences(planning(done), { calls: [call] })).to.deep.equal([
      "hit.calls: expected 1 calls, found already-ok: it is there",
    ]);
    expect(await differences(planning(done), { outcome: "refused" })).to.deep.equal([
      "hit.outcome: expected refused, found already-ok: it is there",
    ]);
    expect(await differences(planning(done), { outcome: "already-ok" })).to.deep.equal([]);
    expect(await differences(planning(sound), { outcome: "already-ok" })).to.deep.equal([
      "hit.outcome: expected already-ok, found a plan: ec2:CreateTags",
    ]);
  });

  it("fails for a look that has no answer, and says how to add one", async () => {
    expect(await differences(reading, { calls: [call] })).to.deep.equal([
      'hit.live: expected an answer to ec2:DescribeTags {}, found none: add it to `live`, as { "ec2:DescribeTags": … }',
    ]);
  });

  it("gets one answer after the other, and errors by their codes", async () => {
    const codes: unknown[] = [];
    const asking: Fix["plan"] = async (_, aws) => {
      const ask = () => aws({ service: "ec2", operation: "DescribeTags", region: "us-east-1", input: {} });
      codes.push((await ask()).n, (await ask().catch(({ name }: Error) => ({ name }))).name);
      return { outcome: "refused", reason: "" };
    };
    const live = { "ec2:DescribeTags": [{ n: 1 }, { error: "RequestLimitExceeded" }] };
    expect(await differences(asking, { live, outcome: "refused" })).to.deep.equal([]);
    expect(codes).to.deep.equal([1, "RequestLimitExceeded"]);
  });

  it("gets baselines by their keys", async () => {
    const asking: Fix["plan"] = async (_, _aws, context) => ({
      outcome: (await context?.baselineOf("k")) === 7 ? "refused" : "already-ok",
      reason: "",
    });
    expect(await differences(asking, { baselines: { k: 7 }, outcome: "refused" })).to.deep.equal([]);
  });

  it("fails for actions that it does not declare", async () => {
    const hit = { live: { "ec2:DescribeTags": { Tags: [] } }, calls: [call] };
    expect(await differences(reading, hit, { reads: [], writes: ["ec2:DeleteTags"] })).to.deep.equal([
      "hit.live: ec2:DescribeTags needs ec2:DescribeTags, which `reads` does not have",
    ]);
    expect(await differences(reading, hit, { writes: ["ec2:DeleteTags"] })).to.deep.equal([
      "hit.calls: ec2:CreateTags needs ec2:CreateTags, which `writes` does not have",
    ]);
  });

  it("fails for what AWS would not take", async () => {
    const wrong = (own: Partial<Call>) =>
      differences(planning({ ...sound, calls: [{ ...call, ...own }] }), { live: {} });
    expect((await wrong({ service: "ecc2" }))[0]).to.contain('found "ecc2" (did you mean ec2?)');
    expect((await wrong({ operation: "CreateTag" }))[0]).to.contain(
      'found "CreateTag" (did you mean CreateTags?)',
    );
    expect((await wrong({ input: { Resourses: [] } })).join()).to.contain(
      "ec2:CreateTags.Resourses: no such member",
    );
  });

  it("fails for what is no plan, and for what is not JSON", async () => {
    expect((await differences(planning(undefined), { live: {} }))[0]).to.contain("expected plan to return");
    expect((await differences(planning({ ...sound, calls: [] }), { live: {} }))[0]).to.contain(
      "expected plan to",
    );
    const dated = { ...sound, calls: [{ ...call, input: { at: new Date(0) } }] };
    expect((await differences(planning(dated), { live: {} }))[0]).to.contain("expected a plan of JSON alone");
  });

  it("fails for a plan that throws", async () => {
    const throwing = () => Promise.reject(new TypeError("no such thing"));
    expect(await differences(throwing, { live: {} })).to.deep.equal([
      "hit: plan threw TypeError: no such thing",
    ]);
  });
});
