import { type Cases, call } from "../support/cases";

export const cases: Cases = {
  hits: [
    {
      name: "everyone",
      record: call("elasticfilesystem:PutFileSystemPolicy", {
        fileSystemId: "fs-1",
        policy:
          '{"Version":"2012-10-17","Statement":[{"Sid":"open","Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}',
      }),
      severity: "critical",
      evidence: "requestParameters.policy.Statement[0]",
      resources: ["fs-1"],
    },
    {
      name: "another account",
      record: call("elasticfilesystem:PutFileSystemPolicy", {
        fileSystemId: "fs-1",
        policy:
          '{"Version": "2012-10-17", "Statement": [{"Sid": "open", "Effect": "Allow", "Principal": {"AWS": "444455556666"}, "Action": "*", "Resource": "*"}]}',
      }),
    },
  ],
  quiet: [
    {
      name: "who can mount it",
      record: call("elasticfilesystem:PutFileSystemPolicy", {
        fileSystemId: "fs-1",
        policy:
          '{"Statement": [{"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "elasticfilesystem:ClientMount", "Condition": {"Bool": {"elasticfilesystem:AccessedViaMountTarget": "true"}}}]}',
      }),
    },
    {
      name: "an own role",
      record: call("elasticfilesystem:PutFileSystemPolicy", {
        fileSystemId: "fs-1",
        policy:
          '{"Version": "2012-10-17", "Statement": [{"Sid": "open", "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:role/app"}, "Action": "*", "Resource": "*"}]}',
      }),
    },
  ],
};
