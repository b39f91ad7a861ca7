import { describeKind } from "./describe-kind";

const arn = "arn:aws-us-gov:iam::111122223333:policy/p";

describeKind("managedPolicy", {
  read: {
    id: arn,
    answers: { "iam:GetPolicy": { Policy: { Arn: arn, DefaultVersionId: "v3", AttachmentCount: 1 } } },
    state: { GetPolicy: { Policy: { Arn: arn, DefaultVersionId: "v3" } } },
  },
  list: {
    region: "us-gov-east-1",
    answers: { "iam:ListPolicies": { Policies: [{ Arn: arn, DefaultVersionId: "v3" }] } },
    found: [{ id: arn, region: "us-gov-west-1" }],
  },
  setBy: [
    ["iam:CreatePolicy", { responseElements: { policy: { arn } } }, [arn]],
    ["iam:CreatePolicyVersion", { requestParameters: { policyArn: arn } }, [arn]],
    ["iam:SetDefaultPolicyVersion", { requestParameters: { policyArn: arn } }, [arn]],
  ],
});
