import { type Cases, call } from "../support/cases";

export const cases: Cases = {
  hits: [
    {
      name: "created for everyone",
      record: call("es:CreateDomain", {
        domainName: "logs",
        accessPolicies:
          '{"Version":"2012-10-17","Statement":[{"Sid":"open","Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}',
      }),
      severity: "critical",
      evidence: "requestParameters.accessPolicies.Statement[0]",
      resources: ["logs"],
    },
    {
      name: "created, old name",
      record: call("es:CreateElasticsearchDomain", {
        domainName: "logs",
        accessPolicies:
          '{"Version":"2012-10-17","Statement":[{"Sid":"open","Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}',
      }),
      severity: "critical",
    },
    {
      name: "changed",
      record: call("es:UpdateDomainConfig", {
        domainName: "logs",
        accessPolicies:
          '{"Version": "2012-10-17", "Statement": [{"Sid": "open", "Effect": "Allow", "Principal": {"AWS": "444455556666"}, "Action": "*", "Resource": "*"}]}',
      }),
    },
    {
      name: "changed, old name",
      record: call("es:UpdateElasticsearchDomainConfig", {
        domainName: "logs",
        accessPolicies:
          '{"Version":"2012-10-17","Statement":[{"Sid":"open","Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}',
      }),
      severity: "critical",
    },
  ],
  quiet: [
    {
      name: "in a VPC",
      record: call("es:CreateDomain", {
        domainName: "logs",
        accessPolicies:
          '{"Version":"2012-10-17","Statement":[{"Sid":"open","Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}',
        vPCOptions: { subnetIds: ["subnet-1"] },
      }),
    },
    {
      name: "for an own role",
      record: call("es:CreateElasticsearchDomain", {
        domainName: "logs",
        accessPolicies:
          '{"Version": "2012-10-17", "Statement": [{"Sid": "open", "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:role/app"}, "Action": "*", "Resource": "*"}]}',
      }),
    },
    {
      name: "for an own role, changed",
      record: call("es:UpdateElasticsearchDomainConfig", {
        domainName: "logs",
        accessPolicies:
          '{"Version": "2012-10-17", "Statement": [{"Sid": "open", "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:role/app"}, "Action": "*", "Resource": "*"}]}',
      }),
    },
    {
      name: "another size",
      record: call("es:UpdateDomainConfig", { domainName: "logs", clusterConfig: { instanceCount: 3 } }),
    },
  ],
};
