import { account } from "../../../support/factories";

/** A public access block that blocks all. */
export const all = {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
};

/** One that blocks nothing. */
export const none = {
  BlockPublicAcls: false,
  IgnorePublicAcls: false,
  BlockPublicPolicy: false,
  RestrictPublicBuckets: false,
};

/** A statement of a bucket's policy that lets in a role of the account. */
export const own = {
  Sid: "own",
  Effect: "Allow",
  Principal: { AWS: `arn:aws:iam::${account}:role/app` },
  Action: "s3:GetObject",
  Resource: "arn:aws:s3:::data/*",
};

/** One that lets in everybody. */
export const open = {
  Sid: "open",
  Effect: "Allow",
  Principal: "*",
  Action: "s3:GetObject",
  Resource: "arn:aws:s3:::data/*",
};

/** A policy of these statements. */
export const policyOf = (...Statement: object[]) => ({ Version: "2012-10-17", Statement });

/** The same, as S3 keeps it. */
export const textOf = (...statements: object[]) => JSON.stringify(policyOf(...statements));
