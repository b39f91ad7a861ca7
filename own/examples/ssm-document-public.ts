import {
  alreadyOk,
  callsTo,
  type Examples,
  listOf,
  named,
  parameterOf,
  plainTextOf,
  requested,
  type Rule,
  shown,
  textsOf,
  unlessGone,
} from "cloudtrailer/rule";

// The catalogue's ssm-document-shared also finds sharing with single accounts. This one is for teams that do share with some.
export const rule: Rule = {
  id: "ssm-document-public",
  title: "SSM document public",
  severity: "critical",
  events: ["ssm:ModifyDocumentPermission"],
  match(record) {
    const added = textsOf(parameterOf(record, "accountIdsToAdd"));
    if (!added.some((account) => account.toLowerCase() === "all")) return undefined;
    return {
      evidence: shown(record, "accountIdsToAdd"),
      resources: named(record, "AWS::SSM::Document", "name"),
    };
  },
  remediation: {
    reads: ["ssm:DescribeDocumentPermission"],
    writes: ["ssm:ModifyDocumentPermission"],
    async plan(finding, aws) {
      const asked = requested(finding, ["name"]);
      if ("outcome" in asked) return asked;
      const call = callsTo("ssm", finding.region);
      const document = { Name: asked.values.name, PermissionType: "Share" };
      const live = await unlessGone(aws(call("DescribeDocumentPermission", document)), ["InvalidDocument"]);
      const accounts = listOf(live?.AccountIds).map(plainTextOf);
      const AccountIds = accounts.filter((account) => account.toLowerCase() === "all");
      if (AccountIds.length === 0) return alreadyOk(`the document ${document.Name} is not public`);
      return {
        summary: `Stop sharing the document ${document.Name} with everybody`,
        calls: [call("ModifyDocumentPermission", { ...document, AccountIdsToRemove: AccountIds })],
        rollback: [call("ModifyDocumentPermission", { ...document, AccountIdsToAdd: AccountIds })],
      };
    },
  },
  runbook: ["Look for addresses, names and passwords in the document: everybody could read it."],
};

const share = (...accountIdsToAdd: string[]) => ({
  eventSource: "ssm.amazonaws.com",
  eventName: "ModifyDocumentPermission",
  requestParameters: { name: "patch-web", permissionType: "Share", accountIdsToAdd },
});

export const examples: Examples = {
  hits: [
    {
      name: "with everybody, in either spelling",
      record: share("All"),
      resources: ["patch-web"],
      live: { "ssm:DescribeDocumentPermission": { AccountIds: ["999988887777", "all"] } },
      calls: [
        {
          service: "ssm",
          operation: "ModifyDocumentPermission",
          input: { Name: "patch-web", PermissionType: "Share", AccountIdsToRemove: ["all"] },
        },
      ],
    },
    {
      name: "the document is gone",
      record: share("all"),
      live: { "ssm:DescribeDocumentPermission": { error: "InvalidDocument" } },
      outcome: "already-ok",
    },
  ],
  misses: [{ name: "with a sister account", record: share("999988887777") }],
};
