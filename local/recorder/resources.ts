import type { Call } from "./calls";
import type { Members } from "./decode";
import type { CredentialScope } from "./request";

/** A resource that an event names. */
export interface Resource {
  accountId: string;
  type: string;
  ARN: string;
}

function textOf(fields: Members | null, name: string): string | undefined {
  const value = fields?.[name];
  return typeof value === "string" ? value : undefined;
}

/** `resources` for the services that fill it: S3, KMS and STS. */
export function resourcesOf(
  { account, region }: { account: string; region: string },
  call: Call,
  scope: CredentialScope,
  parameters: Members | null,
  elements: Members | null,
): Resource[] | undefined {
  switch (call.model.metadata.service) {
    case "s3": {
      const bucket = textOf(parameters, "bucketName");
      return bucket === undefined
        ? undefined
        : [{ accountId: account, type: "AWS::S3::Bucket", ARN: `arn:aws:s3:::${bucket}` }];
    }
    case "kms": {
      const key = textOf(elements, "keyId") ?? textOf(parameters, "keyId");
      if (key === undefined || /(^|:)alias\//.test(key)) return undefined;
      const arn = key.startsWith("arn:")
        ? key
        : `arn:aws:kms:${scope.region ?? region}:${account}:key/${key}`;
      return [{ accountId: account, type: "AWS::KMS::Key", ARN: arn }];
    }
    case "sts": {
      const role = textOf(parameters, "roleArn");
      return role === undefined
        ? undefined
        : [{ accountId: role.split(":")[4] ?? account, type: "AWS::IAM::Role", ARN: role }];
    }
    default:
      return undefined;
  }
}
