import { account, call, type Cases, role, service } from "../support/cases";

const instanceId = "i-0a1b2c3d4e5f60718";
const arn = `arn:aws:iam::${account}:instance-profile/admin`;
const associate = call(
  "ec2:AssociateIamInstanceProfile",
  { AssociateIamInstanceProfileRequest: { InstanceId: instanceId, IamInstanceProfile: { Name: "admin" } } },
  {
    responseElements: {
      AssociateIamInstanceProfileResponse: {
        iamInstanceProfileAssociation: { associationId: "iip-assoc-0a1b2c3d", instanceId },
      },
    },
  },
);
const replace = call("ec2:ReplaceIamInstanceProfileAssociation", {
  ReplaceIamInstanceProfileAssociationRequest: {
    AssociationId: "iip-assoc-0a1b2c3d",
    IamInstanceProfile: { Arn: arn },
  },
});

export const cases: Cases = {
  hits: [
    {
      name: "associated",
      record: associate,
      evidence: "requestParameters.AssociateIamInstanceProfileRequest.IamInstanceProfile",
      resources: [instanceId, "iip-assoc-0a1b2c3d", "admin"],
    },
    { name: "replaced", record: replace, resources: ["iip-assoc-0a1b2c3d", arn] },
  ],
  quiet: [
    { name: "by a service", record: { ...associate, userIdentity: service("ec2.amazonaws.com") } },
    {
      name: "by Systems Manager's set-up",
      record: { ...replace, userIdentity: { ...role("setup"), invokedBy: "ssm.amazonaws.com" } },
    },
    {
      name: "by Systems Manager's own role",
      record: {
        ...associate,
        userIdentity: role("AWSServiceRoleForAmazonSSM", "session", "aws-service-role/ssm.amazonaws.com/"),
      },
    },
  ],
};
