import { call, type Cases, role } from "../support/cases";

const batch = (parameters: object) =>
  call("securityhub:BatchUpdateFindings", {
    FindingIdentifiers: [{ Id: "f1", ProductArn: "p" }],
    ...parameters,
  });
const triage = { userIdentity: role("triage") };
const context = { automation: ["*:role/triage"] };
const insight = { InsightArn: "arn:aws:securityhub:eu-west-1:111122223333:insight/111122223333/custom/a" };

export const cases: Cases = {
  hits: [
    {
      name: "suppressed",
      record: batch({ Workflow: { Status: "SUPPRESSED" } }),
      evidence: "requestParameters.Workflow.Status",
    },
    { name: "resolved, in small letters", record: batch({ workflow: { status: "RESOLVED" } }) },
    {
      name: "archived",
      record: call("securityhub:UpdateFindings", { Filters: {}, RecordState: "ARCHIVED" }),
    },
    {
      name: "an insight deleted",
      record: call("securityhub:DeleteInsight", insight),
      resources: [insight.InsightArn],
    },
    { name: "an insight changed", record: call("securityhub:UpdateInsight", { ...insight, Name: "x" }) },
  ],
  quiet: [
    { name: "noticed", record: batch({ Workflow: { Status: "NOTIFIED" } }) },
    { name: "a note", record: batch({ Note: { Text: "looked at it" } }) },
    {
      name: "made active",
      record: call("securityhub:UpdateFindings", { Filters: {}, RecordState: "ACTIVE" }),
    },
    {
      name: "suppressed by automation",
      record: { ...batch({ Workflow: { Status: "SUPPRESSED" } }), ...triage },
      context,
    },
    {
      name: "an insight deleted by automation",
      record: { ...call("securityhub:DeleteInsight", insight), ...triage },
      context,
    },
    {
      name: "an insight changed by automation",
      record: { ...call("securityhub:UpdateInsight", insight), ...triage },
      context,
    },
  ],
};
