import { call, type Cases, role } from "../support/cases";

const batch = (parameters: object) =>
  call("securityhub:BatchUpdateFindings", {
    FindingIdentifiers: [{ Id: "f1", ProductArn: "p" }],
    ...parameters,
  });
const triage = { userIdentity: role("triage") };
const context = { automation: ["*:role/triage"] };
const insight = { InsightArn: "arn:aws:securityhub:eu-west-1:111122223333:insight/111122223333/custom/a" };

const rule = (Workflow: object, name = "CreateAutomationRule") =>
  call(`securityhub:${name}`, {
    RuleName: "r",
    Criteria: { WorkflowStatus: [{ Value: "NEW", Comparison: "EQUALS" }] },
    Actions: [{ Type: "FINDING_FIELDS_UPDATE", FindingFieldsUpdate: { Workflow } }],
  });

export const cases: Cases = {
  hits: [
    {
      name: "suppressed",
      record: batch({ Workflow: { Status: "SUPPRESSED" } }),
      evidence: "requestParameters.Workflow.Status",
    },
    {
      name: "resolved, in small letters",
      record: batch({ workflow: { status: "RESOLVED" } }),
      severity: "low",
    },
    {
      name: "archived",
      record: call("securityhub:UpdateFindings", { Filters: {}, RecordState: "ARCHIVED" }),
    },
    {
      name: "an insight deleted",
      record: call("securityhub:DeleteInsight", insight),
      resources: [insight.InsightArn],
    },
    {
      name: "by a rule from now on",
      record: rule({ Status: "SUPPRESSED" }),
      evidence: "requestParameters.Actions",
    },
    {
      name: "by a rule of the new edition",
      record: call("securityhub:CreateAutomationRuleV2", {
        RuleName: "r",
        Actions: [{ Type: "FINDING_FIELDS_UPDATE", FindingFieldsUpdate: { StatusId: 3 } }],
      }),
    },
    {
      name: "by a rule that was changed",
      record: call("securityhub:BatchUpdateAutomationRules", {
        UpdateAutomationRulesRequestItems: [
          { RuleArn: "r", Actions: [{ FindingFieldsUpdate: { Workflow: { Status: "RESOLVED" } } }] },
        ],
      }),
    },
    { name: "an insight changed", record: call("securityhub:UpdateInsight", { ...insight, Name: "x" }) },
  ],
  quiet: [
    { name: "a rule that raises the severity", record: rule({ Status: "NOTIFIED" }) },
    {
      name: "a rule of the new edition for tickets",
      record: rule({ Status: "NEW" }, "CreateAutomationRuleV2"),
    },
    {
      name: "a rule renamed",
      record: call("securityhub:BatchUpdateAutomationRules", {
        UpdateAutomationRulesRequestItems: [{ RuleArn: "r", RuleName: "x" }],
      }),
    },
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
