import { account } from "../../../support/factories";
import { expectOutcome, expectPlan, type Given } from "../../../support/planning";
import { plannedFor } from "./attack";

/** A statement that lets in the account itself. */
export const own = {
  Sid: "own",
  Effect: "Allow",
  Principal: { AWS: `arn:aws:iam::${account}:root` },
  Action: "*",
  Resource: "*",
};

/** One that lets in everybody. */
export const open = { Sid: "open", Effect: "Allow", Principal: "*", Action: "*", Resource: "*" };

/** A policy of these statements, as AWS keeps it. */
export const textOf = (...Statement: object[]) => JSON.stringify({ Version: "2012-10-17", Statement });

/** How an event writes a resource's policy. */
export interface WrittenPolicy {
  /** `ecr-policy-public` */
  id: string;
  /** `ecr:SetRepositoryPolicy` */
  event: string;
  /** The parameters of an event that writes this policy. */
  asked(policy: string): object;
  /** AWS's answers if this is the live policy. */
  aws(policy: string): Given["aws"];
  /** The baseline of a resource that had this policy. */
  baseline(policy: string): Record<string, unknown>;
  /** The call that sets this policy. */
  set(policy: string): unknown[];
}

const other = { ...own, Sid: "other", Principal: { AWS: `arn:aws:iam::${account}:role/app` } };

/** Describes what a remediation of resource policies does if it knows the previous policy. */
export function describePolicyWithBaseline({ id, event, asked, aws, baseline, set }: WrittenPolicy): void {
  const attack = (written: string, live: string, before: string) =>
    plannedFor(
      id,
      event,
      { requestParameters: asked(written) as Record<string, unknown> },
      { aws: aws(live), baselines: baseline(before) },
    );

  describe(`${event}, with a baseline`, () => {
    it("restores the policy that the event overwrote, whatever its current spelling", async () => {
      const before = textOf(own, other);
      const live = textOf({ ...open, Principal: { AWS: "*" } });
      expectPlan(await attack(textOf(open), live, before), [set(before)], [set(live)]);
    });

    it("leaves what others wrote since, and removes what the event opened", async () => {
      const live = textOf(own, open, other);
      const plan = await attack(textOf(own, open), live, textOf(own));
      expectPlan(plan, [set(textOf(own, other))], [set(live)]);
    });

    it("restores no policy that let in the same", async () => {
      const wider = { ...open, Sid: "wider" };
      const live = textOf(own, { ...open, Action: ["sqs:SendMessage", "sns:Publish"] });
      expectPlan(await attack(live, live, textOf(other, wider)), [set(textOf(own))], [set(live)]);
      expectOutcome(await attack(textOf(open), textOf(open), textOf(open)), "already-ok");
    });
  });
}
