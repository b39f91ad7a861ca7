import { type Cases, call, otherAccount } from "../support/cases";

export const cases: Cases = {
  hits: [
    {
      name: "everyone",
      record: call("ec2:ModifyVpcEndpointServicePermissions", {
        ModifyVpcEndpointServicePermissionsRequest: {
          ServiceId: "vpce-svc-1",
          AddAllowedPrincipals: { tag: 1, content: "*" },
        },
      }),
      evidence: "requestParameters.ModifyVpcEndpointServicePermissionsRequest.AddAllowedPrincipals",
      resources: ["vpce-svc-1"],
    },
    {
      name: "another account",
      record: call("ec2:ModifyVpcEndpointServicePermissions", {
        ModifyVpcEndpointServicePermissionsRequest: {
          ServiceId: "vpce-svc-1",
          AddAllowedPrincipals: [
            { tag: 1, content: "arn:aws:iam::111122223333:root" },
            { tag: 2, content: "arn:aws:iam::444455556666:root" },
          ],
        },
      }),
    },
  ],
  quiet: [
    {
      name: "taken out",
      record: call("ec2:ModifyVpcEndpointServicePermissions", {
        ModifyVpcEndpointServicePermissionsRequest: {
          ServiceId: "vpce-svc-1",
          RemoveAllowedPrincipals: { tag: 1, content: "*" },
        },
      }),
    },
    {
      name: "a trusted account",
      record: call("ec2:ModifyVpcEndpointServicePermissions", {
        ModifyVpcEndpointServicePermissionsRequest: {
          ServiceId: "vpce-svc-1",
          AddAllowedPrincipals: { tag: 1, content: "arn:aws:iam::444455556666:root" },
        },
      }),
      context: { trustedAccounts: [otherAccount] },
    },
  ],
};
