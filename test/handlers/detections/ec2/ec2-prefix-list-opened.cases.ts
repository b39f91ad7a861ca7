import { type Cases, call } from "../support/cases";

export const cases: Cases = {
  hits: [
    {
      name: "an entry added",
      record: call("ec2:ModifyManagedPrefixList", {
        ModifyManagedPrefixListRequest: { PrefixListId: "pl-1", AddEntry: { tag: 1, Cidr: "0.0.0.0/0" } },
      }),
      evidence: "requestParameters.ModifyManagedPrefixListRequest.AddEntry",
      resources: ["pl-1"],
    },
    {
      name: "a new list",
      record: call("ec2:CreateManagedPrefixList", {
        CreateManagedPrefixListRequest: {
          PrefixListName: "all",
          Entry: [
            { tag: 1, Cidr: "10.0.0.0/8" },
            { tag: 2, Cidr: "::/0" },
          ],
        },
      }),
    },
  ],
  quiet: [
    {
      name: "the office",
      record: call("ec2:ModifyManagedPrefixList", {
        ModifyManagedPrefixListRequest: {
          PrefixListId: "pl-1",
          AddEntry: { tag: 1, Cidr: "198.51.100.0/24" },
        },
      }),
    },
    {
      name: "own networks",
      record: call("ec2:CreateManagedPrefixList", {
        CreateManagedPrefixListRequest: { PrefixListName: "own", Entry: { tag: 1, Cidr: "10.0.0.0/8" } },
      }),
    },
  ],
};
