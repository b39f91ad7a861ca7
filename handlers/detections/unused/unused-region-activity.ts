import { textOf } from "../../json";
import { serviceOf } from "../../cloudtrail/record";
import type { Detection } from "../detection";
import { evidenceAt } from "../readers/evidence";
import { matchesAny } from "../../pattern";
import { isAwsService, isWrite, principalKeyOf } from "../readers/principal";

/** Services that log to one region, whichever one the caller is in. */
const globalServices = [
  "account",
  "artifact",
  "billing",
  "billingconsole",
  "budgets",
  "ce",
  "cloudfront",
  "cur",
  "globalaccelerator",
  "health",
  "iam",
  "networkmanager",
  "organizations",
  "payments",
  "route53",
  "route53domains",
  "savingsplans",
  "shield",
  "signin",
  "sts",
  "support",
  "tax",
  "trustedadvisor",
  "waf",
];

export const unusedRegionActivity: Detection = {
  id: "unused-region-activity",
  title: "Write call in a region that is not used",
  severity: "high",
  attack: { technique: "T1535" },
  tier: "extended",
  noise: "work",
  events: ["*"],
  hint: {
    field: "readOnly",
    texts: ["false", "null"],
    and: { field: "awsRegion", may: (region, { allowedRegions }) => !matchesAny(allowedRegions, region) },
  },
  needs: "allowedRegions",
  remediation: "alert",
  burst: {
    // The first call of a principal in a region tells it all: once a day is enough.
    windowMinutes: 1440,
    threshold: 1,
    countedBy(record) {
      const principal = principalKeyOf(record);
      return principal === undefined ? undefined : `${textOf(record.awsRegion)}|${principal}`;
    },
  },
  match(record, context) {
    const region = record.awsRegion;
    if (
      typeof region !== "string" ||
      (record.readOnly ?? undefined) === undefined ||
      context.allowedRegions.length === 0
    )
      return undefined;
    if (!isWrite(record) || isAwsService(record) || globalServices.includes(serviceOf(record)))
      return undefined;
    if (matchesAny(context.allowedRegions, region)) return undefined;
    return {
      evidence: evidenceAt(record, "awsRegion", "eventSource", "eventName"),
      resources: [{ type: "AWS::Region", id: region }],
    };
  },
  runbook: [
    "Ask the actor whether they meant to work there; a wrong default region is the usual reason.",
    "If not, look for instances, functions, clusters and endpoints in that region, and stop them: miners choose regions nobody watches.",
    "Deny the regions you do not use by a service control policy on aws:RequestedRegion.",
  ],
  falsePositives: ["A new region that is being set up: add it to `allowedRegions`."],
  references: [
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_examples_general.html",
    "https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html",
  ],
};
