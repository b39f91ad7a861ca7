import { type Cases, call, otherAccount } from "../support/cases";

export const cases: Cases = {
  hits: [
    {
      name: "a new share",
      record: call(
        "ram:CreateResourceShare",
        {
          name: "net",
          principals: ["444455556666"],
          resourceArns: ["arn:aws:ec2:eu-west-1:111122223333:subnet/subnet-1"],
          allowExternalPrincipals: true,
        },
        {
          responseElements: {
            resourceShare: { resourceShareArn: "arn:aws:ram:eu-west-1:111122223333:resource-share/1" },
          },
        },
      ),
      evidence: "requestParameters.principals",
      resources: [
        "arn:aws:ram:eu-west-1:111122223333:resource-share/1",
        "arn:aws:ec2:eu-west-1:111122223333:subnet/subnet-1",
      ],
    },
    {
      name: "a share widened",
      record: call("ram:AssociateResourceShare", {
        resourceShareArn: "arn:aws:ram:eu-west-1:111122223333:resource-share/1",
        principals: ["arn:aws:iam::444455556666:role/reader"],
      }),
    },
  ],
  quiet: [
    {
      name: "the organization",
      record: call("ram:CreateResourceShare", {
        name: "net",
        principals: ["arn:aws:organizations::444455556666:organization/o-abcdefghij"],
      }),
    },
    {
      name: "a trusted account",
      record: call("ram:AssociateResourceShare", { principals: ["444455556666"] }),
      context: { trustedAccounts: [otherAccount] },
    },
  ],
};
