import type { Call, CallAws } from "../../../handlers/aws/call";
import { expect } from "chai";
import { awsServices } from "../../../handlers/aws/services";
import { carryOut } from "../../../handlers/aws/carry-out";
import {
  busyCodes,
  isTryAgain,
  type Patience,
  pauseBefore,
  withPatience,
} from "../../../handlers/aws/retries";
import { awsError } from "../../support/factories";

describe("what AWS says is busy", () => {
  const call: Call = { service: "rds", operation: "ModifyDBInstance", region: "us-west-2", input: {} };
  const busy = () => awsError("InvalidDBInstanceStateFault", "it is modifying");

  /**
   * A clock that only pauses move, and an AWS that throws each of `answers` in turn, the last one repeatedly.
   */
  function prepare(answers: (Error | object)[], own: Partial<Patience> = {}) {
    let clock = 0;
    let asked = 0;
    const pauses: number[] = [];
    const flaky: CallAws = async () => {
      const answer = answers[Math.min(asked++, answers.length - 1)];
      if (answer instanceof Error) throw answer;
      return answer as Record<string, unknown>;
    };
    const patience: Patience = {
      budgetMs: 60_000,
      now: () => clock,
      pause: async (ms) => {
        pauses.push(ms);
        clock += ms;
      },
      random: () => 0.5,
      remaining: () => 300_000 - clock,
      beforeRetry: async () => undefined,
      ...own,
    };
    return { aws: withPatience(flaky, patience), pauses, asked: () => asked };
  }

  it("is retried until it succeeds", async () => {
    const { aws, asked } = prepare([busy(), busy(), { done: true }]);
    expect(await carryOut([call], aws)).to.deep.equal({ answers: [{ done: true }] });
    expect(asked()).to.equal(3);
  });

  it("is waited for longer each time, up to a limit, and never for the same time", () => {
    const pauses = Array.from({ length: 8 }, (_, index) => pauseBefore(index + 1, () => 0.999999));
    expect(pauses).to.deep.equal([1000, 2000, 4000, 8000, 10_000, 10_000, 10_000, 10_000]);
    expect(pauseBefore(1, () => 0)).to.equal(500);
  });

  it("is given up when the budget is used up, and the reason says how long it was busy", async () => {
    const { aws, pauses } = prepare([busy()]);
    const { failed, answers } = await carryOut([call, call], aws);
    expect(answers).to.deep.equal([]);
    expect(failed).to.match(
      /^unable to rds:ModifyDBInstance: InvalidDBInstanceStateFault: it is modifying \(tried \d+ times in \d+ s\)$/,
    );
    const waited = pauses.reduce((sum, ms) => sum + ms, 0);
    expect(waited).to.be.within(50_000, 60_000);
    expect(failed).to.include(`tried ${pauses.length + 1} times in ${Math.round(waited / 1000)} s`);
  });

  it("shares one budget among the calls of a plan", async () => {
    const { aws, pauses } = prepare([busy(), busy(), busy(), {}, busy(), busy(), busy(), busy()], {
      budgetMs: 10_000,
    });
    expect((await carryOut([call, call], aws)).failed).to.match(/after 1 of the 2 calls/);
    expect(pauses.reduce((sum, ms) => sum + ms, 0)).to.be.at.most(10_000);
  });

  it("is given up before the invocation ends", async () => {
    const { aws, pauses } = prepare([busy()], { remaining: () => 600 });
    expect((await carryOut([call], aws)).failed).to.match(/tried 1 times/);
    expect(pauses).to.deep.equal([]);
  });

  it("is left when a check before a retry says so", async () => {
    const { aws, asked } = prepare([busy()], { beforeRetry: async () => "the kill switch is at plan" });
    expect((await carryOut([call], aws)).failed).to.include("(not tried again: the kill switch is at plan)");
    expect(asked()).to.equal(1);
  });

  it("is not waited for if the call takes it for done", async () => {
    const { aws, pauses } = prepare([busy()]);
    const done = { ...call, doneWhen: ["InvalidDBInstanceStateFault"] };
    expect(await carryOut([done], aws)).to.deep.equal({ answers: [] });
    expect(pauses).to.deep.equal([]);
  });

  it("is distinguished from what will not change by itself", async () => {
    const { aws, asked } = prepare([awsError("DBInstanceNotFoundFault")]);
    expect((await carryOut([call], aws)).failed).to.match(/DBInstanceNotFoundFault$/);
    expect(asked()).to.equal(1);
    expect(isTryAgain("iam", awsError("InvalidDBInstanceStateFault")), "of another service").to.equal(false);
    expect(isTryAgain("iam", undefined)).to.equal(false);
    expect(isTryAgain("iam", { name: { toString: 1 } })).to.equal(false);
  });

  it("may be throttling of any service that outlasted the SDK's own attempts", () => {
    for (const code of [
      "ThrottlingException",
      "Throttling",
      "RequestLimitExceeded",
      "TooManyRequestsException",
      "SlowDown",
    ])
      expect(isTryAgain("guardduty", awsError(code)), code).to.equal(true);
  });

  it("has a code known to the SDK, for every service whose errors it knows", () => {
    // Their models name no errors.
    const unmodelled = ["ec2", "s3", "s3control"];
    const unknown = Object.entries(busyCodes).flatMap(([service, codes]) => {
      const known = Object.keys(awsServices[service]?.load() ?? {});
      return unmodelled.includes(service)
        ? []
        : codes
            .filter(
              (code) => ![code, `${code}Exception`, `${code}Fault`].some((name) => known.includes(name)),
            )
            .map((code) => `${service}:${code}`);
    });
    expect(unknown).to.deep.equal([]);
    for (const service of Object.keys(busyCodes)) expect(Object.keys(awsServices)).to.include(service);
  });
});

describe("a denied call", () => {
  const call: Call = { service: "iam", operation: "DetachUserPolicy", region: "us-east-1", input: {} };
  const failure = async (error: Error) => (await carryOut([call], async () => Promise.reject(error))).failed;

  it("is reported with the action that AWS names", async () => {
    const said =
      "User: arn:aws:sts::111122223333:assumed-role/r/s is not authorized to perform: iam:DetachUserPolicy on resource: user bob";
    expect(await failure(awsError("AccessDenied", said))).to.equal(
      `unable to iam:DetachUserPolicy: AccessDenied: ${said}`,
    );
  });

  it("is reported as intended if the role's own policy denies it", async () => {
    const said = (where: string) =>
      `User: u is not authorized to perform: s3:PutBucketPolicy with an explicit deny in ${where}`;
    expect(await failure(awsError("AccessDenied", said("an identity-based policy")))).to.match(
      /the role may not change its own trail, bucket or role; make this call yourself/,
    );
    expect(await failure(awsError("AccessDenied", said("a service control policy")))).not.to.include(
      "make this call yourself",
    );
  });

  it("is reported with the place to look if AWS names no action", async () => {
    for (const code of [
      "AccessDenied",
      "AccessDeniedException",
      "UnauthorizedOperation",
      "AuthorizationError",
    ])
      expect(await failure(awsError(code, "Access Denied"))).to.match(
        /AWS does not say which action is missing; docs\/permissions.md/,
      );
    expect(await failure(awsError("NoSuchBucket", "no"))).not.to.include("permissions");
  });
});
