import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "administrator",
    record: call("sso:AttachManagedPolicyToPermissionSet", {
      permissionSetArn: "arn:aws:sso:::permissionSet/ssoins-1/ps-1",
      managedPolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
    }),
    severity: "high",
    evidence: "requestParameters.managedPolicyArn",
    resources: ["arn:aws:sso:::permissionSet/ssoins-1/ps-1"],
  },
  {
    name: "readers",
    record: call("sso:AttachManagedPolicyToPermissionSet", {
      permissionSetArn: "ps-1",
      managedPolicyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess",
    }),
  },
  {
    name: "everything, inline",
    record: call("sso:PutInlinePolicyToPermissionSet", {
      permissionSetArn: "ps-1",
      inlinePolicy: '{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}',
    }),
    severity: "high",
    evidence: "requestParameters.inlinePolicy.Statement[0]",
  },
  {
    name: "left out",
    record: call("sso:PutInlinePolicyToPermissionSet", {
      omitted: true,
      reason: "requestParameters too large",
    }),
    couldNotInspect: true,
  },
  {
    name: "an account's own",
    record: call("sso:AttachCustomerManagedPolicyReferenceToPermissionSet", {
      permissionSetArn: "ps-1",
      customerManagedPolicyReference: { name: "all" },
    }),
  },
  {
    name: "a boundary",
    record: call("sso:PutPermissionsBoundaryToPermissionSet", {
      permissionSetArn: "ps-1",
      permissionsBoundary: { managedPolicyArn: "arn:aws:iam::aws:policy/PowerUserAccess" },
    }),
  },
  {
    name: "no boundary",
    record: call("sso:DeletePermissionsBoundaryFromPermissionSet", { permissionSetArn: "ps-1" }),
  },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
