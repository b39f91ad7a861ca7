import { baselineKinds } from "../../../../handlers/baselines/kinds/index";
import { account } from "../../../support/factories";
import { expectOutcome, expectPlan, failing, kept } from "../../../support/planning";
import { plannedFor, region, stranger } from "../support/attack";
import { open, own, policyOf, textOf } from "./support";

const foreign = {
  Effect: "Allow",
  Principal: { AWS: stranger },
  Action: ["s3:GetObject", "s3:ListBucket"],
  Resource: ["arn:aws:s3:::data", "arn:aws:s3:::data/*"],
};

describe("s3-bucket-policy-external-account", () => {
  const attack = (live: unknown, ...written: object[]) =>
    plannedFor(
      "s3-bucket-policy-external-account",
      "s3:PutBucketPolicy",
      { requestParameters: { bucketName: "data", bucketPolicy: policyOf(...written) } },
      { aws: { "s3:GetBucketPolicy": live as never } },
    );
  const put = (Policy: string) => ["PutBucketPolicy", { Bucket: "data", Policy }];

  it("removes the statement that names the stranger, in AWS's own spelling of it", async () => {
    const spelled = {
      ...foreign,
      Principal: { AWS: `arn:aws:iam::${stranger}:root` },
      Action: ["s3:ListBucket", "s3:GetObject"],
    };
    const live = textOf(own, open, spelled);
    expectPlan(await attack({ Policy: live }, own, open, foreign), [put(textOf(own, open))], [put(live)]);
  });

  it("removes only the stranger from a statement that names others, too", async () => {
    const role = `arn:aws:iam::${account}:role/app`;
    const mixed = { ...foreign, Principal: { AWS: [role, stranger], Service: "logging.s3.amazonaws.com" } };
    const live = textOf(mixed);
    const left = { ...mixed, Principal: { AWS: role, Service: "logging.s3.amazonaws.com" } };
    expectPlan(await attack({ Policy: live }, mixed), [put(textOf(left))], [put(live)]);
  });

  it("deletes a policy that has nothing else", async () => {
    const live = textOf(foreign);
    expectPlan(
      await attack({ Policy: live }, foreign),
      [["DeleteBucketPolicy", { Bucket: "data" }]],
      [put(live)],
    );
  });

  it("leaves a stranger whom the policy of before let in, and takes the one that came", async () => {
    const known = { ...foreign, Principal: { AWS: "arn:aws:iam::777788889999:root" } };
    const both = { ...foreign, Principal: { AWS: [stranger, "777788889999"] } };
    const given = (Policy: string, ...before: object[]) => ({
      aws: { "s3:GetBucketPolicy": { Policy } },
      baselines: kept(baselineKinds.bucketPolicy, region, "data", {
        GetBucketPolicy: { Policy: textOf(...before) },
      }),
    });
    const plan = (written: object[], ...before: object[]) =>
      plannedFor(
        "s3-bucket-policy-external-account",
        "s3:PutBucketPolicy",
        { requestParameters: { bucketName: "data", bucketPolicy: policyOf(...written) } },
        given(textOf(...written), ...before),
      );
    for (const [written, left] of [
      [[known, foreign], known],
      [[both], { ...foreign, Principal: { AWS: "777788889999" } }],
    ] as const)
      expectPlan(await plan([...written], known), [put(textOf(left))], [put(textOf(...written))]);
    expectOutcome(await plan([own, known], known), "already-ok");
  });

  it("leaves the same stranger in a statement that the event did not write", async () => {
    const later = { ...foreign, Action: "s3:ListBucket" };
    expectOutcome(await attack({ Policy: textOf(own, later) }, own, foreign), "already-ok");
    const named = { ...foreign, Sid: "partner" };
    expectOutcome(await attack({ Policy: textOf({ ...later, Sid: "partner" }) }, named), "changed-since");
  });

  it("is already-ok when the policy or the bucket is gone", async () => {
    for (const code of ["NoSuchBucketPolicy", "NoSuchBucket"])
      expectOutcome(await attack(failing(code), foreign), "already-ok");
  });
});
