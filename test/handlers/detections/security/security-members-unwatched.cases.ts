import { byAutomation, byService, call, type Case, type Cases } from "../support/cases";

const hits: Case[] = [
  {
    name: "Security Hub",
    record: call("securityhub:UpdateOrganizationConfiguration", { autoEnable: false }),
    evidence: "requestParameters.autoEnable",
  },
  {
    name: "new controls of Security Hub",
    record: call("securityhub:UpdateSecurityHubConfiguration", { autoEnableControls: false }),
    evidence: "requestParameters.autoEnableControls",
  },
  {
    name: "all of Inspector",
    record: call("inspector2:UpdateOrganizationConfiguration", {
      autoEnable: { ec2: false, ecr: false, lambda: false },
    }),
    evidence: "requestParameters.autoEnable",
  },
  { name: "Macie", record: call("macie2:UpdateOrganizationConfiguration", { autoEnable: "false" }) },
  {
    name: "Detective",
    record: call("detective:UpdateOrganizationConfiguration", { graphArn: "graph", autoEnable: false }),
  },
];

export const cases: Cases = {
  hits,
  quiet: [
    ...byAutomation(hits),
    ...byService(hits),
    ...["securityhub", "macie2", "detective"].map((service) => ({
      name: `${service} switched on`,
      record: call(`${service}:UpdateOrganizationConfiguration`, { autoEnable: true }),
    })),
    {
      name: "a part of Inspector, as its first setting has it",
      record: call("inspector2:UpdateOrganizationConfiguration", {
        autoEnable: { ec2: true, lambda: false },
      }),
    },
    {
      name: "another setting",
      record: call("securityhub:UpdateSecurityHubConfiguration", {
        controlFindingGenerator: "SECURITY_CONTROL",
      }),
    },
  ],
};
