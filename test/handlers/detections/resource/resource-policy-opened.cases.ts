import { type Cases, call, otherAccount } from "../support/cases";

export const cases: Cases = {
  hits: [
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
