import type { Detection } from "../detection";
import { evidenceAt, parameterPath, resourcesOf, valueAt } from "../readers/evidence";
import { isInvokedBy, isServiceLinkedRole } from "../readers/principal";
import { fieldOf, parameterOf } from "../../cloudtrail/parameters";

const responses = [
  "responseElements.AssociateIamInstanceProfileResponse.iamInstanceProfileAssociation",
  "responseElements.ReplaceIamInstanceProfileAssociationResponse.iamInstanceProfileAssociation",
  "responseElements.iamInstanceProfileAssociation",
];

export const ec2InstanceProfileChanged: Detection = {
  id: "ec2-instance-profile-changed",
  title: "Instance profile attached to a running instance",
  severity: "high",
  attack: { technique: "T1098" },
  tier: "extended",
  noise: "changes",
  events: ["ec2:AssociateIamInstanceProfile", "ec2:ReplaceIamInstanceProfileAssociation"],
  remediation: "inverse",
  match(record) {
    // The set-up of Systems Manager gives instances its own profile.
    const isSetUp =
      valueAt(record, "userIdentity.type") === "AWSService" ||
      isInvokedBy(record, ["ssm.amazonaws.com"]) ||
      isServiceLinkedRole(record, "AWSServiceRoleForAmazonSSM");
    if (isSetUp) return undefined;
    const answered = (field: string) => responses.map((path) => valueAt(record, `${path}.${field}`));
    return {
      evidence: evidenceAt(
        record,
        parameterPath(record, "iamInstanceProfile"),
        parameterPath(record, "instanceId"),
        parameterPath(record, "associationId"),
        ...responses.map((path) => `${path}.associationId`),
      ),
      resources: [
        ...resourcesOf("AWS::EC2::Instance", parameterOf(record, "instanceId"), ...answered("instanceId")),
        ...resourcesOf(
          "AWS::EC2::IamInstanceProfileAssociation",
          ...answered("associationId"),
          parameterOf(record, "associationId"),
        ),
        ...resourcesOf(
          "AWS::IAM::InstanceProfile",
          fieldOf(parameterOf(record, "iamInstanceProfile"), "arn"),
          fieldOf(parameterOf(record, "iamInstanceProfile"), "name"),
        ),
      ],
    };
  },
  runbook: [
    "Find out what the role in the profile may do, and who can log in to the instance: both together give an actor that role.",
    "Disassociate the profile if the instance's owner did not ask for it; credentials already fetched last up to six more hours.",
    "Look for calls by the role from this instance since then, and revoke its older sessions if there are unknown ones.",
  ],
  falsePositives: ["Administrators who give an existing instance a role that it lacked."],
  references: [
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/attach-iam-role.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisassociateIamInstanceProfile.html",
  ],
};
