import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import { iamRegionOf } from "../../aws/regions";
import { fieldsOf, textOf } from "../../json";
import { textParameterOf } from "../../cloudtrail/parameters";
import type { Finding } from "../../detections/finding";
import { baselineFor } from "../../baselines/baseline";
import { baselineKinds } from "../../baselines/kinds/index";
import type { PlanContext, Remediation } from "../remediation";
import { alreadyOk, changedSince, iamGone, needsBaseline, refused } from "../support/outcomes";

/**
 * Restores the previous permissions boundary: the baseline's or, failing that, the one that the stack's configuration allows,
 * if that is a single one and not a pattern.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePermissionsBoundary.html
 */
export const fixIamPermissionsBoundaryRemoved: Remediation = {
  id: "iam-permissions-boundary-removed",
  reads: ["iam:GetUser", "iam:GetRole"],
  writes: ["iam:PutUserPermissionsBoundary", "iam:PutRolePermissionsBoundary"],
  baselines: ["user", "role"],
  async plan(finding: Finding, aws: CallAws, context?: PlanContext) {
    const { record } = finding;
    const userName = textParameterOf(record, "userName");
    const subject = userName === undefined ? "Role" : "User";
    const name = userName ?? textParameterOf(record, "roleName");
    if (name === undefined) return refused("the record does not say whose boundary it was");
    const region = iamRegionOf(finding.region);
    const call = callsTo("iam", region);
    const input = { [`${subject}Name`]: name };
    const whose = `the ${subject.toLowerCase()} ${name}`;
    const answer = await unlessGone(aws(call(`Get${subject}`, input)), iamGone);
    if (answer === undefined) return alreadyOk(`${whose} is gone`);
    const kind = subject === "User" ? baselineKinds.user : baselineKinds.role;
    const kept = (await baselineFor(context, kind, region, name))?.[`Get${subject}`];
    const before = boundaryOf(kept?.[subject]) ?? onlyOne(context?.settings.context.allowedBoundaries ?? []);
    const live = boundaryOf(answer[subject]);
    if (before === undefined)
      return needsBaseline(`no baseline shows which permissions boundary ${whose} had`);
    if (live === before) return alreadyOk(`${whose} has the permissions boundary ${before}`);
    if (live !== textParameterOf(record, "permissionsBoundary"))
      return changedSince(`the permissions boundary of ${whose} has changed since`);
    const put = (PermissionsBoundary: string) =>
      call(`Put${subject}PermissionsBoundary`, { ...input, PermissionsBoundary });
    return {
      summary: `Restore the permissions boundary ${before} of ${whose}`,
      calls: [put(before)],
      rollback: [live === undefined ? call(`Delete${subject}PermissionsBoundary`, input) : put(live)],
    };
  },
};

function boundaryOf(subject: unknown): string | undefined {
  return textOf(fieldsOf(fieldsOf(subject).PermissionsBoundary).PermissionsBoundaryArn);
}

function onlyOne(boundaries: string[]): string | undefined {
  const [first, ...others] = boundaries;
  return first !== undefined && others.length === 0 && !/[*?]/.test(first) ? first : undefined;
}
