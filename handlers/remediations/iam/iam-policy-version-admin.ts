import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import { iamRegionOf } from "../../aws/regions";
import { fieldsOf, listOf, plainTextOf, textOf } from "../../json";
import { nameOf } from "../../cloudtrail/record";
import { statementsOf } from "../../detections/readers/policy";
import { administratorStatementsOf, escalationsOf } from "../../detections/readers/rights";
import { fieldOf, textParameterOf } from "../../cloudtrail/parameters";
import type { Finding } from "../../detections/finding";
import { baselineFor } from "../../baselines/baseline";
import { baselineKinds } from "../../baselines/kinds/index";
import type { NoPlan, Plan, PlanContext, Remediation } from "../remediation";
import { alreadyOk, changedSince, iamGone, needsBaseline, refused } from "../support/outcomes";

/**
 * Restores the policy's previous default version, and deletes the version that the event created; one that already existed
 * and was only set as default stays. The previous default is the baseline's; without one, the only other version or, if the
 * event created the newest version, the one before it. A version that grants administrator rights, or leads to them in
 * another way, is never set.
 * The rollback recreates the deleted version, which AWS gives another number.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_SetDefaultPolicyVersion.html
 */
export const fixIamPolicyVersionAdmin: Remediation = {
  id: "iam-policy-version-admin",
  reads: ["iam:ListPolicyVersions", "iam:GetPolicyVersion"],
  writes: ["iam:SetDefaultPolicyVersion", "iam:DeletePolicyVersion"],
  baselines: ["managedPolicy"],
  async plan(finding: Finding, aws: CallAws, context?: PlanContext) {
    const { record } = finding;
    const made = nameOf(record) === "CreatePolicyVersion";
    const PolicyArn = textParameterOf(record, "policyArn");
    const version = made
      ? textOf(fieldOf(fieldsOf(record.responseElements).policyVersion, "versionId"))
      : textParameterOf(record, "versionId");
    if (PolicyArn === undefined || version === undefined)
      return refused("the record does not say which version of which policy it is");
    const region = iamRegionOf(finding.region);
    const call = callsTo("iam", region);
    const answer = await unlessGone(
      // A policy has at most five versions, so one page is enough.
      aws(call("ListPolicyVersions", { PolicyArn, MaxItems: 100 })),
      iamGone,
    );
    if (answer === undefined) return alreadyOk(`the policy ${PolicyArn} is gone`);
    const versions = listOf(answer.Versions).map(fieldsOf);
    const live = versions.find((one) => one.VersionId === version);
    if (live === undefined) return alreadyOk(`the version ${version} of ${PolicyArn} is gone`);
    if (live.IsDefaultVersion !== true)
      return alreadyOk(`${version} is no longer the default of ${PolicyArn}`);

    const others = versions.map((one) => plainTextOf(one.VersionId)).filter((id) => id !== version);
    const kept = (await baselineFor(context, baselineKinds.managedPolicy, region, PolicyArn))?.GetPolicy;
    const before = beforeOf(
      textOf(fieldsOf(kept?.Policy).DefaultVersionId),
      others,
      made ? version : undefined,
    );
    if (before === undefined)
      return needsBaseline(`no baseline shows which version of ${PolicyArn} was the default before`);
    if (before === version) return alreadyOk(`${version} was the default of ${PolicyArn} before, too`);
    if (!others.includes(before)) return changedSince(`the version ${before} of ${PolicyArn} is gone`);
    return planReturn(finding, aws, PolicyArn, version, before, made);
  },
};

async function planReturn(
  finding: Finding,
  aws: CallAws,
  PolicyArn: string,
  version: string,
  before: string,
  made: boolean,
): Promise<Plan | NoPlan> {
  const call = callsTo("iam", iamRegionOf(finding.region));
  const documentOfVersion = async (VersionId: string) =>
    decoded(
      textOf(
        fieldsOf((await aws(call("GetPolicyVersion", { PolicyArn, VersionId }))).PolicyVersion).Document,
      ),
    );
  const PolicyDocument = await documentOfVersion(version);
  const wider = widerThan(await documentOfVersion(before), PolicyDocument, finding.account);
  if (wider !== undefined) return refused(`the version ${before} of ${PolicyArn} ${wider}`);
  const set = (VersionId: string) => call("SetDefaultPolicyVersion", { PolicyArn, VersionId });
  if (!made)
    return {
      summary: `Make ${before} the default version of ${PolicyArn} again`,
      calls: [set(before)],
      rollback: [set(version)],
    };
  if (PolicyDocument === undefined)
    return refused(`IAM does not say what the version ${version} of ${PolicyArn} is`);
  return {
    summary: `Make ${before} the default version of ${PolicyArn} again and delete ${version}`,
    calls: [
      set(before),
      call("DeletePolicyVersion", { PolicyArn, VersionId: version }, { doneWhen: iamGone }),
    ],
    rollback: [
      // Recreated, the version has a different number, so it is made the default at once.
      { ...call("CreatePolicyVersion", { PolicyArn, PolicyDocument, SetAsDefault: true }), reverts: [1] },
      { ...set(version), reverts: [0], unlessMade: [1] },
    ],
  };
}

/** What the document `before` grants that leads to administrator rights and `now` does not; undefined: nothing. */
function widerThan(before: string | undefined, now: string | undefined, account: string): string | undefined {
  const [wanted, live] = [statementsOf(before), statementsOf(now)];
  if (administratorStatementsOf(wanted, account).length > 0) return "also grants administrator rights";
  if (administratorStatementsOf(live, account).length > 0) return undefined;
  const known = escalationsOf(live, account).map(({ by }) => by);
  const more = escalationsOf(wanted, account).filter(({ by }) => !known.includes(by));
  return more.length === 0
    ? undefined
    : `leads to administrator rights through ${more.map(({ by }) => by).join(", ")}`;
}

/** The previous default: as kept, or the only possible one, or the one that `made` followed. */
function beforeOf(kept: string | undefined, others: string[], made: string | undefined): string | undefined {
  if (kept !== undefined) return kept;
  if (others.length === 1) return others[0];
  if (made === undefined) return undefined;
  const earlier = others.filter((id) => numberOf(id) < numberOf(made));
  return earlier.sort((a, b) => numberOf(b) - numberOf(a))[0];
}

function numberOf(version: string): number {
  return Number(version.slice(1));
}

function decoded(document: string | undefined): string | undefined {
  try {
    return document === undefined ? undefined : decodeURIComponent(document);
  } catch {
    return document; // not URL-encoded: use it as it is
  }
}
