import { fieldsOf, plainTextOf } from "../../json";

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_PublicAccessBlockConfiguration.html */
const flags = ["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"] as const;

/** The four flags of a public access block. */
export type PublicAccessBlock = Record<(typeof flags)[number], boolean>;

/** S3's error if there is no public access block. */
export const noPublicAccessBlock = ["NoSuchPublicAccessBlockConfiguration"];

/** A complete public access block. */
export const allBlocked: PublicAccessBlock = {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
};

/** The four flags of a configuration, from the record (booleans or text) or from S3; a missing one is off. */
export function flagsOf(configuration: unknown): PublicAccessBlock {
  const given = fieldsOf(configuration);
  return Object.fromEntries(
    flags.map((flag) => [flag, plainTextOf(given[flag]).toLowerCase() === "true"]),
  ) as PublicAccessBlock;
}

/** Whether two blocks, or their absence, are the same. */
export function sameBlock(a: PublicAccessBlock | undefined, b: PublicAccessBlock | undefined): boolean {
  return a === undefined || b === undefined ? a === b : flags.every((flag) => a[flag] === b[flag]);
}
