import { account, call, type Cases, refused, role } from "../support/cases";

const modelId = "anthropic.claude-3-sonnet-20240229-v1:0";
const agreement = call("bedrock:CreateFoundationModelAgreement", { modelId, offerToken: "token" });

export const cases: Cases = {
  hits: [
    {
      name: "an agreement",
      record: agreement,
      evidence: "requestParameters.modelId",
      resources: [modelId],
    },
    { name: "an entitlement", record: call("bedrock:PutFoundationModelEntitlement", { modelId }) },
    { name: "a use case", record: call("bedrock:PutUseCaseForModelAccess", { formData: "e30=" }) },
    ...["agreement-marketplace", "aws-marketplace"].flatMap((service) =>
      ["AcceptAgreementRequest", "CreateAgreementRequest"].map((name) => ({
        name: `${service} ${name}`,
        record: call(`${service}:${name}`, { agreementRequestId: "a-1" }),
        evidence: "requestParameters.agreementRequestId",
      })),
    ),
    { name: "refused", record: refused(agreement, "AccessDeniedException"), evidence: "errorCode" },
  ],
  quiet: [
    {
      name: "by automation",
      record: { ...agreement, userIdentity: role("deploy") },
      context: { automation: [`arn:aws:iam::${account}:role/deploy`] },
    },
    { name: "wrong input", record: refused(agreement, "ValidationException") },
  ],
  everyCall: "access is enabled once per model",
};
