import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import { iamRegionOf } from "../../aws/regions";
import type { Finding } from "../../detections/finding";
import type { Remediation } from "../remediation";
import { alreadyOk, iamGone, requested } from "./outcomes";

/** What a policy can be attached to. */
export type Subject = "User" | "Role" | "Group";

/** The request parameter that names each. */
export const subjectParameters = { User: "userName", Role: "roleName", Group: "groupName" } as const;

/** Reverts `Attach<Subject>Policy`: detaches that policy from that subject, if it is still attached. */
export function detachPolicy(id: string, subject: Subject): Remediation {
  const parameter = subjectParameters[subject];
  const member = `${subject}Name`;
  return {
    id,
    reads: [`iam:ListAttached${subject}Policies`],
    writes: [`iam:Detach${subject}Policy`],
    async plan(finding: Finding, aws: CallAws) {
      const asked = requested(finding, [parameter, "policyArn"]);
      if ("outcome" in asked) return asked;
      const name = asked.values[parameter];
      const { policyArn } = asked.values;
      const call = callsTo("iam", iamRegionOf(finding.region));
      // More than IAM allows to be attached, so one page is enough.
      const list = call(`ListAttached${subject}Policies`, { [member]: name, MaxItems: 1000 });
      const answer = await unlessGone(aws(list), iamGone);
      if (answer === undefined) return alreadyOk(`the ${subject.toLowerCase()} ${name} is gone`);
      const attached = (answer.AttachedPolicies ?? []) as { PolicyArn?: string }[];
      if (!attached.some((policy) => policy.PolicyArn === policyArn))
        return alreadyOk(`${policyArn} is no longer attached to the ${subject.toLowerCase()} ${name}`);
      const input = { [member]: name, PolicyArn: policyArn };
      return {
        // Attaching an attached policy succeeds, and neither the record nor IAM shows that it added nothing.
        summary: `Detach ${policyArn} from the ${subject.toLowerCase()} ${name} (IAM does not show whether it was already attached)`,
        calls: [call(`Detach${subject}Policy`, input, { doneWhen: iamGone })],
        rollback: [call(`Attach${subject}Policy`, input)],
      };
    },
  };
}
