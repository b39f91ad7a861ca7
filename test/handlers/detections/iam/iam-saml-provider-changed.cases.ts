import { call, type Cases, role } from "../support/cases";

const arn = "arn:aws:iam::111122223333:saml-provider/corp";
const calls = [
  call(
    "iam:CreateSAMLProvider",
    { name: "corp", sAMLMetadataDocument: "<xml/>" },
    { responseElements: { sAMLProviderArn: arn } },
  ),
  call("iam:DeleteSAMLProvider", { sAMLProviderArn: arn }),
  call("iam:UpdateSAMLProvider", { sAMLProviderArn: arn, sAMLMetadataDocument: "<xml/>" }),
];

export const cases: Cases = {
  hits: calls.flatMap((record) => [
    { name: record.eventName, record, resources: [arn] },
    {
      name: `${record.eventName} by somebody whose user agent says that they were a service`,
      record: { ...record, userAgent: "sso.amazonaws.com" },
      resources: [arn],
    },
    {
      name: `${record.eventName} in a session with the name of a service-linked role`,
      record: { ...record, userIdentity: role("ops", "AWSServiceRoleForSSO") },
      resources: [arn],
    },
  ]),
  quiet: calls.flatMap((record) => [
    {
      name: `${record.eventName} by Identity Center`,
      record: { ...record, sourceIPAddress: "sso.amazonaws.com", userAgent: "sso.amazonaws.com" },
    },
    {
      name: `${record.eventName} by its role`,
      record: {
        ...record,
        userIdentity: role("AWSServiceRoleForSSO", "AWS-SSO", "aws-service-role/sso.amazonaws.com/"),
      },
    },
  ]),
};
