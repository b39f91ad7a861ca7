import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const names = [
  "AssociateAddress",
  "AuthorizeSecurityGroupEgress",
  "AuthorizeSecurityGroupIngress",
  "CreateDefaultVpc",
  "CreateKeyPair",
  "CreateNetworkAcl",
  "CreateSecurityGroup",
  "CreateVpc",
  "ImportKeyPair",
  "RunInstances",
];
const hits: Case[] = names.map((name, index) => ({
  name,
  record: call(`ec2:${name}`, { groupName: "launch-wizard-1", keyName: "k" }, { eventID: `e${index}` }),
  resources: ["launch-wizard-1"],
}));
const some = (...wanted: string[]) =>
  hits.filter(({ name }) => wanted.includes(name)).map(({ record }) => record);

export const cases: Cases = {
  hits,
  quiet: [...byAutomation(hits), ...byService(hits)],
  bursts: [
    {
      name: "network, login and machine",
      records: some(
        "CreateDefaultVpc",
        "CreateKeyPair",
        "CreateSecurityGroup",
        "AuthorizeSecurityGroupIngress",
        "RunInstances",
      ),
      findings: 1,
    },
    {
      name: "a machine in a group of its own",
      records: some("CreateSecurityGroup", "AuthorizeSecurityGroupIngress", "RunInstances"),
      findings: 0,
    },
  ],
};
