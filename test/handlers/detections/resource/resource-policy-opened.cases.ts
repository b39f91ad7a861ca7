import { type Cases, call, otherAccount } from "../support/cases";

const everyone = { AWS: "*" };
const ownRole = { AWS: "arn:aws:iam::111122223333:role/app" };

function policyFor(Principal: unknown): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Sid: "open", Effect: "Allow", Principal, Action: "*", Resource: "*" }],
  });
}

/** Further calls that set a policy: each with its parameters around the policy, and the severity of one for everyone. */
const others: [event: string, parameters: (policy: string) => unknown, severity?: "medium"][] = [
  [
    "apigateway:UpdateRestApi",
    (policy) => ({
      restApiId: "thing",
      patchOperations: [{ op: "replace", path: "/policy", value: policy }],
    }),
    "medium",
  ],
  ["apigateway:CreateRestApi", (policy) => ({ createRestApiInput: { name: "thing", policy } }), "medium"],
  ["bedrock-agentcore:PutResourcePolicy", (policy) => ({ resourceArn: "thing", policy })],
  ["bedrock:PutResourcePolicy", (policy) => ({ resourceArn: "thing", resourcePolicy: policy })],
  [
    "cleanrooms-ml:PutConfiguredAudienceModelPolicy",
    (policy) => ({ configuredAudienceModelArn: "thing", configuredAudienceModelPolicy: policy }),
  ],
  ["cloudfront:PutResourcePolicy", (policy) => ({ resourceArn: "thing", policyDocument: policy })],
  ["cloudsearch:UpdateServiceAccessPolicies", (policy) => ({ domainName: "thing", accessPolicies: policy })],
  ["networkmanager:PutResourcePolicy", (policy) => ({ resourceArn: "thing", policyDocument: policy })],
  [
    "s3:PutAccessGrantsInstanceResourcePolicy",
    (policy) => ({ PutAccessGrantsInstanceResourcePolicyRequest: { Policy: policy } }),
  ],
  ["codebuild:PutResourcePolicy", (policy) => ({ resourceArn: "thing", policy })],
  ["comprehend:PutResourcePolicy", (policy) => ({ resourceArn: "thing", resourcePolicy: policy })],
  ["dsql:PutClusterPolicy", (policy) => ({ identifier: "thing", policy })],
  [
    "ecr-public:SetRepositoryPolicy",
    (policy) => ({ repositoryName: "thing", policyText: policy, force: false }),
    "medium",
  ],
  ["entityresolution:PutPolicy", (policy) => ({ arn: "thing", policy })],
  ["imagebuilder:PutComponentPolicy", (policy) => ({ componentArn: "thing", policy })],
  ["imagebuilder:PutContainerRecipePolicy", (policy) => ({ containerRecipeArn: "thing", policy })],
  ["imagebuilder:PutImageRecipePolicy", (policy) => ({ imageRecipeArn: "thing", policy })],
  ["lambda:PutResourcePolicy", (policy) => ({ resourceArn: "thing", policy })],
  ["lex:CreateResourcePolicy", (policy) => ({ resourceArn: "thing", policy })],
  ["lex:UpdateResourcePolicy", (policy) => ({ resourceArn: "thing", policy })],
  [
    "logs:PutDeliveryDestinationPolicy",
    (policy) => ({ deliveryDestinationName: "thing", deliveryDestinationPolicy: policy }),
  ],
  ["network-firewall:PutResourcePolicy", (policy) => ({ resourceArn: "thing", policy })],
  ["oam:PutSinkPolicy", (policy) => ({ sinkIdentifier: "thing", policy }), "medium"],
  ["organizations:PutResourcePolicy", (policy) => ({ content: policy })],
  ["refactor-spaces:PutResourcePolicy", (policy) => ({ resourceArn: "thing", policy })],
  [
    "rekognition:PutProjectPolicy",
    (policy) => ({ projectArn: "thing", policyName: "p", policyDocument: policy }),
  ],
  [
    "route53resolver:PutFirewallRuleGroupPolicy",
    (policy) => ({ arn: "thing", firewallRuleGroupPolicy: policy }),
  ],
  [
    "route53resolver:PutResolverQueryLogConfigPolicy",
    (policy) => ({ arn: "thing", resolverQueryLogConfigPolicy: policy }),
  ],
  ["route53resolver:PutResolverRulePolicy", (policy) => ({ arn: "thing", resolverRulePolicy: policy })],
  ["rum:PutResourcePolicy", (policy) => ({ name: "thing", policyDocument: policy })],
  ["s3-outposts:PutAccessPointPolicy", (policy) => ({ name: "thing", policy })],
  ["s3-outposts:PutBucketPolicy", (policy) => ({ bucket: "thing", policy })],
  [
    "s3express:PutBucketPolicy",
    (policy) => ({ bucketName: "thing--use1-az4--x-s3", bucketPolicy: JSON.parse(policy) as unknown }),
  ],
  ["s3vectors:PutVectorBucketPolicy", (policy) => ({ vectorBucketName: "thing", policy })],
  ["sms-voice:PutResourcePolicy", (policy) => ({ resourceArn: "thing", policy })],
  ["ssm-contacts:PutContactPolicy", (policy) => ({ contactArn: "thing", policy })],
  ["ssm-incidents:PutResourcePolicy", (policy) => ({ resourceArn: "thing", policy })],
  ["vpc-lattice:PutAuthPolicy", (policy) => ({ resourceIdentifier: "thing", policy }), "medium"],
  ["wafv2:PutPermissionPolicy", (policy) => ({ resourceArn: "thing", policy })],
];

export const cases: Cases = {
  hits: [
    ...others.map(([event, parameters, severity = "critical" as const]) => ({
      name: `${event} for everyone`,
      record: call(event, parameters(policyFor(everyone))),
      severity,
    })),
    {
      name: "another account may call a private API",
      record: call("apigateway:UpdateRestApi", {
        restApiId: "thing",
        patchOperations: [{ op: "replace", path: "/policy", value: policyFor({ AWS: otherAccount }) }],
      }),
      evidence: "requestParameters.patchOperations.0.value.Statement[0]",
      resources: ["thing"],
    },
    {
      name: "acm-pca PutPolicy",
      record: call("acm-pca:PutPolicy", {
        resourceArn: "thing",
        policy:
          '{"Version":"2012-10-17","Statement":[{"Sid":"open","Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}',
      }),
      severity: "critical",
    },
    {
      name: "backup PutBackupVaultAccessPolicy",
      record: call("backup:PutBackupVaultAccessPolicy", {
        backupVaultName: "thing",
        policy:
          '{"Version":"2012-10-17","Statement":[{"Sid":"open","Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}',
      }),
      severity: "critical",
      evidence: "requestParameters.policy.Statement[0]",
      resources: ["thing"],
    },
    {
      name: "cloudtrail PutResourcePolicy",
      record: call("cloudtrail:PutResourcePolicy", {
        resourceArn: "thing",
        resourcePolicy:
          '{"Version":"2012-10-17","Statement":[{"Sid":"open","Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}',
      }),
      severity: "critical",
    },
    {
      name: "codeartifact PutDomainPermissionsPolicy",
      record: call("codeartifact:PutDomainPermissionsPolicy", {
        domain: "thing",
        policyDocument:
          '{"Version":"2012-10-17","Statement":[{"Sid":"open","Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}',
      }),
      severity: "critical",
    },
    {
      name: "codeartifact PutRepositoryPermissionsPolicy",
      record: call("codeartifact:PutRepositoryPermissionsPolicy", {
        repository: "thing",
        policyDocument:
          '{"Version":"2012-10-17","Statement":[{"Sid":"open","Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}',
      }),
      severity: "critical",
    },
    {
      name: "dynamodb PutResourcePolicy",
      record: call("dynamodb:PutResourcePolicy", {
        resourceArn: "thing",
        policy:
          '{"Version":"2012-10-17","Statement":[{"Sid":"open","Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}',
      }),
      severity: "critical",
    },
    {
      name: "glacier SetVaultAccessPolicy",
      record: call("glacier:SetVaultAccessPolicy", {
        vaultName: "thing",
        policy: {
          policy:
            '{"Version":"2012-10-17","Statement":[{"Sid":"open","Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}',
        },
      }),
      severity: "critical",
    },
    {
      name: "glue PutResourcePolicy",
      record: call("glue:PutResourcePolicy", {
        resourceArn: "thing",
        policyInJson:
          '{"Version":"2012-10-17","Statement":[{"Sid":"open","Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}',
      }),
      severity: "critical",
    },
    {
      name: "imagebuilder PutImagePolicy",
      record: call("imagebuilder:PutImagePolicy", {
        imageArn: "thing",
        policy:
          '{"Version":"2012-10-17","Statement":[{"Sid":"open","Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}',
      }),
      severity: "critical",
    },
    {
      name: "kafka PutClusterPolicy",
      record: call("kafka:PutClusterPolicy", {
        clusterArn: "thing",
        policy:
          '{"Version":"2012-10-17","Statement":[{"Sid":"open","Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}',
      }),
      severity: "critical",
    },
    {
      name: "kinesis PutResourcePolicy",
      record: call("kinesis:PutResourcePolicy", {
        resourceARN: "thing",
        policy:
          '{"Version":"2012-10-17","Statement":[{"Sid":"open","Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}',
      }),
      severity: "critical",
    },
    {
      name: "logs PutDestinationPolicy",
      record: call("logs:PutDestinationPolicy", {
        destinationName: "thing",
        accessPolicy:
          '{"Version":"2012-10-17","Statement":[{"Sid":"open","Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}',
      }),
      severity: "critical",
    },
    {
      name: "logs PutResourcePolicy",
      record: call("logs:PutResourcePolicy", {
        policyName: "thing",
        policyDocument:
          '{"Version":"2012-10-17","Statement":[{"Sid":"open","Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}',
      }),
      severity: "critical",
    },
    {
      name: "mediastore PutContainerPolicy",
      record: call("mediastore:PutContainerPolicy", {
        containerName: "thing",
        policy:
          '{"Version":"2012-10-17","Statement":[{"Sid":"open","Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}',
      }),
      severity: "critical",
    },
    {
      name: "redshift-serverless PutResourcePolicy",
      record: call("redshift-serverless:PutResourcePolicy", {
        resourceArn: "thing",
        policy:
          '{"Version":"2012-10-17","Statement":[{"Sid":"open","Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}',
      }),
      severity: "critical",
    },
    {
      name: "redshift PutResourcePolicy",
      record: call("redshift:PutResourcePolicy", {
        resourceArn: "thing",
        policy:
          '{"Version":"2012-10-17","Statement":[{"Sid":"open","Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}',
      }),
      severity: "critical",
    },
    {
      name: "s3tables PutTableBucketPolicy",
      record: call("s3tables:PutTableBucketPolicy", {
        tableBucketARN: "thing",
        resourcePolicy:
          '{"Version":"2012-10-17","Statement":[{"Sid":"open","Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}',
      }),
      severity: "critical",
    },
    {
      name: "s3tables PutTablePolicy",
      record: call("s3tables:PutTablePolicy", {
        tableBucketARN: "thing",
        resourcePolicy:
          '{"Version":"2012-10-17","Statement":[{"Sid":"open","Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}',
      }),
      severity: "critical",
    },
    {
      name: "sagemaker PutModelPackageGroupPolicy",
      record: call("sagemaker:PutModelPackageGroupPolicy", {
        modelPackageGroupName: "thing",
        resourcePolicy:
          '{"Version":"2012-10-17","Statement":[{"Sid":"open","Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}',
      }),
      severity: "critical",
    },
    {
      name: "schemas PutResourcePolicy",
      record: call("schemas:PutResourcePolicy", {
        registryName: "thing",
        policy:
          '{"Version":"2012-10-17","Statement":[{"Sid":"open","Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}',
      }),
      severity: "critical",
    },
    {
      name: "ses CreateEmailIdentityPolicy",
      record: call("ses:CreateEmailIdentityPolicy", {
        emailIdentity: "thing",
        policy:
          '{"Version":"2012-10-17","Statement":[{"Sid":"open","Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}',
      }),
      severity: "critical",
    },
    {
      name: "ses PutIdentityPolicy",
      record: call("ses:PutIdentityPolicy", {
        identity: "thing",
        policy:
          '{"Version":"2012-10-17","Statement":[{"Sid":"open","Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}',
      }),
      severity: "critical",
    },
    {
      name: "ses UpdateEmailIdentityPolicy",
      record: call("ses:UpdateEmailIdentityPolicy", {
        emailIdentity: "thing",
        policy:
          '{"Version":"2012-10-17","Statement":[{"Sid":"open","Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}',
      }),
      severity: "critical",
    },
    {
      name: "ssm PutResourcePolicy",
      record: call("ssm:PutResourcePolicy", {
        resourceArn: "thing",
        policy:
          '{"Version":"2012-10-17","Statement":[{"Sid":"open","Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}',
      }),
      severity: "critical",
    },
    {
      name: "vpc-lattice PutResourcePolicy",
      record: call("vpc-lattice:PutResourcePolicy", {
        resourceArn: "thing",
        policy:
          '{"Version":"2012-10-17","Statement":[{"Sid":"open","Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}',
      }),
      severity: "critical",
    },
    {
      name: "xray PutResourcePolicy",
      record: call("xray:PutResourcePolicy", {
        policyName: "thing",
        policyDocument:
          '{"Version":"2012-10-17","Statement":[{"Sid":"open","Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}',
      }),
      severity: "critical",
    },
    {
      name: "another account",
      record: call("backup:PutBackupVaultAccessPolicy", {
        backupVaultName: "v",
        policy:
          '{"Version": "2012-10-17", "Statement": [{"Sid": "open", "Effect": "Allow", "Principal": {"AWS": "444455556666"}, "Action": "*", "Resource": "*"}]}',
      }),
    },
    {
      name: "left out",
      record: call("dynamodb:PutResourcePolicy", { omitted: true, reason: "requestParameters too large" }),
      couldNotInspect: true,
    },
  ],
  quiet: [
    ...others.map(([event, parameters]) => ({
      name: `${event} for a role of this account`,
      record: call(event, parameters(policyFor(ownRole))),
    })),
    {
      name: "acm-pca PutPolicy for an own role",
      record: call("acm-pca:PutPolicy", {
        resourceArn: "thing",
        policy:
          '{"Version": "2012-10-17", "Statement": [{"Sid": "open", "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:role/app"}, "Action": "*", "Resource": "*"}]}',
      }),
    },
    {
      name: "backup PutBackupVaultAccessPolicy for an own role",
      record: call("backup:PutBackupVaultAccessPolicy", {
        backupVaultName: "thing",
        policy:
          '{"Version": "2012-10-17", "Statement": [{"Sid": "open", "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:role/app"}, "Action": "*", "Resource": "*"}]}',
      }),
    },
    {
      name: "cloudtrail PutResourcePolicy for an own role",
      record: call("cloudtrail:PutResourcePolicy", {
        resourceArn: "thing",
        resourcePolicy:
          '{"Version": "2012-10-17", "Statement": [{"Sid": "open", "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:role/app"}, "Action": "*", "Resource": "*"}]}',
      }),
    },
    {
      name: "codeartifact PutDomainPermissionsPolicy for an own role",
      record: call("codeartifact:PutDomainPermissionsPolicy", {
        domain: "thing",
        policyDocument:
          '{"Version": "2012-10-17", "Statement": [{"Sid": "open", "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:role/app"}, "Action": "*", "Resource": "*"}]}',
      }),
    },
    {
      name: "codeartifact PutRepositoryPermissionsPolicy for an own role",
      record: call("codeartifact:PutRepositoryPermissionsPolicy", {
        repository: "thing",
        policyDocument:
          '{"Version": "2012-10-17", "Statement": [{"Sid": "open", "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:role/app"}, "Action": "*", "Resource": "*"}]}',
      }),
    },
    {
      name: "dynamodb PutResourcePolicy for an own role",
      record: call("dynamodb:PutResourcePolicy", {
        resourceArn: "thing",
        policy:
          '{"Version": "2012-10-17", "Statement": [{"Sid": "open", "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:role/app"}, "Action": "*", "Resource": "*"}]}',
      }),
    },
    {
      name: "glacier SetVaultAccessPolicy for an own role",
      record: call("glacier:SetVaultAccessPolicy", {
        vaultName: "thing",
        policy:
          '{"Version": "2012-10-17", "Statement": [{"Sid": "open", "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:role/app"}, "Action": "*", "Resource": "*"}]}',
      }),
    },
    {
      name: "glue PutResourcePolicy for an own role",
      record: call("glue:PutResourcePolicy", {
        resourceArn: "thing",
        policyInJson:
          '{"Version": "2012-10-17", "Statement": [{"Sid": "open", "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:role/app"}, "Action": "*", "Resource": "*"}]}',
      }),
    },
    {
      name: "imagebuilder PutImagePolicy for an own role",
      record: call("imagebuilder:PutImagePolicy", {
        imageArn: "thing",
        policy:
          '{"Version": "2012-10-17", "Statement": [{"Sid": "open", "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:role/app"}, "Action": "*", "Resource": "*"}]}',
      }),
    },
    {
      name: "kafka PutClusterPolicy for an own role",
      record: call("kafka:PutClusterPolicy", {
        clusterArn: "thing",
        policy:
          '{"Version": "2012-10-17", "Statement": [{"Sid": "open", "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:role/app"}, "Action": "*", "Resource": "*"}]}',
      }),
    },
    {
      name: "kinesis PutResourcePolicy for an own role",
      record: call("kinesis:PutResourcePolicy", {
        resourceARN: "thing",
        policy:
          '{"Version": "2012-10-17", "Statement": [{"Sid": "open", "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:role/app"}, "Action": "*", "Resource": "*"}]}',
      }),
    },
    {
      name: "logs PutDestinationPolicy for an own role",
      record: call("logs:PutDestinationPolicy", {
        destinationName: "thing",
        accessPolicy:
          '{"Version": "2012-10-17", "Statement": [{"Sid": "open", "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:role/app"}, "Action": "*", "Resource": "*"}]}',
      }),
    },
    {
      name: "logs PutResourcePolicy for an own role",
      record: call("logs:PutResourcePolicy", {
        policyName: "thing",
        policyDocument:
          '{"Version": "2012-10-17", "Statement": [{"Sid": "open", "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:role/app"}, "Action": "*", "Resource": "*"}]}',
      }),
    },
    {
      name: "mediastore PutContainerPolicy for an own role",
      record: call("mediastore:PutContainerPolicy", {
        containerName: "thing",
        policy:
          '{"Version": "2012-10-17", "Statement": [{"Sid": "open", "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:role/app"}, "Action": "*", "Resource": "*"}]}',
      }),
    },
    {
      name: "redshift-serverless PutResourcePolicy for an own role",
      record: call("redshift-serverless:PutResourcePolicy", {
        resourceArn: "thing",
        policy:
          '{"Version": "2012-10-17", "Statement": [{"Sid": "open", "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:role/app"}, "Action": "*", "Resource": "*"}]}',
      }),
    },
    {
      name: "redshift PutResourcePolicy for an own role",
      record: call("redshift:PutResourcePolicy", {
        resourceArn: "thing",
        policy:
          '{"Version": "2012-10-17", "Statement": [{"Sid": "open", "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:role/app"}, "Action": "*", "Resource": "*"}]}',
      }),
    },
    {
      name: "s3tables PutTableBucketPolicy for an own role",
      record: call("s3tables:PutTableBucketPolicy", {
        tableBucketARN: "thing",
        resourcePolicy:
          '{"Version": "2012-10-17", "Statement": [{"Sid": "open", "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:role/app"}, "Action": "*", "Resource": "*"}]}',
      }),
    },
    {
      name: "s3tables PutTablePolicy for an own role",
      record: call("s3tables:PutTablePolicy", {
        tableBucketARN: "thing",
        resourcePolicy:
          '{"Version": "2012-10-17", "Statement": [{"Sid": "open", "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:role/app"}, "Action": "*", "Resource": "*"}]}',
      }),
    },
    {
      name: "sagemaker PutModelPackageGroupPolicy for an own role",
      record: call("sagemaker:PutModelPackageGroupPolicy", {
        modelPackageGroupName: "thing",
        resourcePolicy:
          '{"Version": "2012-10-17", "Statement": [{"Sid": "open", "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:role/app"}, "Action": "*", "Resource": "*"}]}',
      }),
    },
    {
      name: "schemas PutResourcePolicy for an own role",
      record: call("schemas:PutResourcePolicy", {
        registryName: "thing",
        policy:
          '{"Version": "2012-10-17", "Statement": [{"Sid": "open", "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:role/app"}, "Action": "*", "Resource": "*"}]}',
      }),
    },
    {
      name: "ses CreateEmailIdentityPolicy for an own role",
      record: call("ses:CreateEmailIdentityPolicy", {
        emailIdentity: "thing",
        policy:
          '{"Version": "2012-10-17", "Statement": [{"Sid": "open", "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:role/app"}, "Action": "*", "Resource": "*"}]}',
      }),
    },
    {
      name: "ses PutIdentityPolicy for an own role",
      record: call("ses:PutIdentityPolicy", {
        identity: "thing",
        policy:
          '{"Version": "2012-10-17", "Statement": [{"Sid": "open", "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:role/app"}, "Action": "*", "Resource": "*"}]}',
      }),
    },
    {
      name: "ses UpdateEmailIdentityPolicy for an own role",
      record: call("ses:UpdateEmailIdentityPolicy", {
        emailIdentity: "thing",
        policy:
          '{"Version": "2012-10-17", "Statement": [{"Sid": "open", "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:role/app"}, "Action": "*", "Resource": "*"}]}',
      }),
    },
    {
      name: "ssm PutResourcePolicy for an own role",
      record: call("ssm:PutResourcePolicy", {
        resourceArn: "thing",
        policy:
          '{"Version": "2012-10-17", "Statement": [{"Sid": "open", "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:role/app"}, "Action": "*", "Resource": "*"}]}',
      }),
    },
    {
      name: "vpc-lattice PutResourcePolicy for an own role",
      record: call("vpc-lattice:PutResourcePolicy", {
        resourceArn: "thing",
        policy:
          '{"Version": "2012-10-17", "Statement": [{"Sid": "open", "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:role/app"}, "Action": "*", "Resource": "*"}]}',
      }),
    },
    {
      name: "xray PutResourcePolicy for an own role",
      record: call("xray:PutResourcePolicy", {
        policyName: "thing",
        policyDocument:
          '{"Version": "2012-10-17", "Statement": [{"Sid": "open", "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:role/app"}, "Action": "*", "Resource": "*"}]}',
      }),
    },
    {
      name: "a trusted account",
      record: call("backup:PutBackupVaultAccessPolicy", {
        backupVaultName: "v",
        policy:
          '{"Version": "2012-10-17", "Statement": [{"Sid": "open", "Effect": "Allow", "Principal": {"AWS": "444455556666"}, "Action": "*", "Resource": "*"}]}',
      }),
      context: { trustedAccounts: [otherAccount] },
    },
  ],
};
