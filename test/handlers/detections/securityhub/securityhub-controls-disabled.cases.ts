import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "a control",
    record: call("securityhub:UpdateStandardsControl", {
      StandardsControlArn: "c",
      ControlStatus: "DISABLED",
    }),
    evidence: "requestParameters.ControlStatus",
    resources: ["c"],
  },
  {
    name: "one of several controls",
    record: call("securityhub:BatchUpdateStandardsControlAssociations", {
      StandardsControlAssociationUpdates: [
        { SecurityControlId: "IAM.1", StandardsArn: "s", AssociationStatus: "ENABLED" },
        { SecurityControlId: "IAM.2", StandardsArn: "s", AssociationStatus: "DISABLED" },
      ],
    }),
  },
  {
    name: "a product",
    record: call("securityhub:DisableImportFindingsForProduct", { ProductSubscriptionArn: "p" }),
    resources: ["p"],
  },
];

export const cases: Cases = {
  hits,
  quiet: [
    ...byAutomation(hits),
    ...byService(hits),
    {
      name: "a control enabled",
      record: call("securityhub:UpdateStandardsControl", {
        StandardsControlArn: "c",
        ControlStatus: "ENABLED",
      }),
    },
    {
      name: "controls enabled",
      record: call("securityhub:BatchUpdateStandardsControlAssociations", {
        StandardsControlAssociationUpdates: [{ SecurityControlId: "IAM.1", AssociationStatus: "ENABLED" }],
      }),
    },
  ],
};
