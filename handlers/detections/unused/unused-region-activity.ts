import { textOf } from "../../json";
import { serviceOf } from "../../cloudtrail/record";
import type { Detection } from "../detection";
import { evidenceAt } from "../readers/evidence";
import { matchesAny } from "../../pattern";
import { isAwsService, isWrite, principalKeyOf } from "../readers/principal";

/** Services that are logged in one region, whichever one the caller is in. */
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
  title: "Write call in an unused region",
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
    // A principal's first call in a region is enough: once a day.
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
    "If not, look for instances, functions, clusters and endpoints in that region, and stop them: miners choose regions that nobody monitors.",
    "Deny unused regions with a service control policy on aws:RequestedRegion.",
  ],
  falsePositives: ["A new region being set up: add it to `allowedRegions`."],
  references: [
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_examples_general.html",
    "https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html",
  ],
};
