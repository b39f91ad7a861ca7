import { type Cases, call, otherAccount } from "../support/cases";

export const cases: Cases = {
  hits: [
    {
      name: "everyone",
      record: call("s3:PutAccessPointPolicy", {
        name: "reports",
        policy: {
          Version: "2012-10-17",
          Statement: [{ Sid: "open", Effect: "Allow", Principal: "*", Action: "*", Resource: "*" }],
        },
      }),
      severity: "critical",
      evidence: "requestParameters.policy.Statement[0]",
      resources: ["reports"],
    },
    {
      name: "another account, as text",
      record: call("s3:PutAccessPointPolicyForObjectLambda", {
        name: "reports",
        policy:
          '{"Version": "2012-10-17", "Statement": [{"Sid": "open", "Effect": "Allow", "Principal": {"AWS": "444455556666"}, "Action": "*", "Resource": "*"}]}',
      }),
    },
    {
      name: "of several regions",
      record: call("s3:PutMultiRegionAccessPointPolicy", {
        PutMultiRegionAccessPointPolicyRequest: {
          Details: {
            Name: "reports",
            Policy:
              '{"Version":"2012-10-17","Statement":[{"Sid":"open","Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}',
          },
        },
      }),
      severity: "critical",
    },
  ],
  quiet: [
    {
      name: "an own role",
      record: call("s3:PutAccessPointPolicy", {
        name: "reports",
        policy:
          '{"Version": "2012-10-17", "Statement": [{"Sid": "open", "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:role/app"}, "Action": "*", "Resource": "*"}]}',
      }),
    },
    {
      name: "a trusted account",
      record: call("s3:PutAccessPointPolicyForObjectLambda", {
        name: "reports",
        policy:
          '{"Version": "2012-10-17", "Statement": [{"Sid": "open", "Effect": "Allow", "Principal": {"AWS": "444455556666"}, "Action": "*", "Resource": "*"}]}',
      }),
      context: { trustedAccounts: [otherAccount] },
    },
    {
      name: "an own role, of several regions",
      record: call("s3:PutMultiRegionAccessPointPolicy", {
        details: {
          name: "reports",
          policy:
            '{"Version": "2012-10-17", "Statement": [{"Sid": "open", "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:role/app"}, "Action": "*", "Resource": "*"}]}',
        },
      }),
    },
  ],
};
