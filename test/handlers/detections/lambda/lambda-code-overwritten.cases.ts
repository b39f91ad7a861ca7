import { account, call, type Cases, role } from "../support/cases";

function update(
  parameters: Record<string, unknown> = {},
  fields = {},
  event = "lambda:UpdateFunctionCode20150331v2",
) {
  return call(
    event,
    { functionName: "billing", publish: false, dryRun: false, ...parameters },
    { responseElements: { functionName: "billing", codeSha256: "C8vLzM5Kq0lO4g==" }, ...fields },
  );
}

export const cases: Cases = {
  hits: [
    {
      name: "by a user",
      record: update(),
      evidence: "responseElements.codeSha256",
      resources: ["billing"],
    },
    { name: "without a date in the event's name", record: update({}, {}, "lambda:UpdateFunctionCode") },
    {
      name: "by somebody who signed in through Identity Center",
      record: update({}, { userIdentity: role("AWSReservedSSO_Developer_0a1b2c3d4e5f", "bob@example.com") }),
    },
    { name: "by a role that is not automation", record: update({}, { userIdentity: role("support") }) },
  ],
  quiet: [
    { name: "only tried", record: update({ dryRun: true }) },
    {
      name: "by automation",
      record: update({}, { userIdentity: role("deploy") }),
      context: { automation: [`arn:aws:iam::${account}:role/deploy`] },
    },
    {
      name: "by CloudFormation",
      record: update(
        {},
        {
          userIdentity: { ...role("cfn"), invokedBy: "cloudformation.amazonaws.com" },
          sourceIPAddress: "cloudformation.amazonaws.com",
        },
      ),
    },
  ],
};
