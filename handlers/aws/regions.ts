/** A partition of AWS as ARNs name it (`arn:aws-cn:…`): regions with accounts and global services of their own. */
export type Partition =
  | "aws"
  | "aws-cn"
  | "aws-eusc"
  | "aws-iso"
  | "aws-iso-b"
  | "aws-iso-e"
  | "aws-iso-f"
  | "aws-us-gov";

/** A service that answers for all regions of a partition from one of them. */
export type GlobalService = "account" | "cloudfront" | "iam" | "organizations" | "route53" | "route53domains";

/**
 * By what their regions' names begin with; all others are in `aws`. Region: where IAM answers. Suffix: what the names of its
 * hosts end with.
 */
const partitions: { prefix: string; partition: Partition; region: string; suffix: string }[] = [
  { prefix: "cn-", partition: "aws-cn", region: "cn-north-1", suffix: "amazonaws.com.cn" },
  { prefix: "eusc-", partition: "aws-eusc", region: "eusc-de-east-1", suffix: "amazonaws.eu" },
  { prefix: "us-iso-", partition: "aws-iso", region: "us-iso-east-1", suffix: "c2s.ic.gov" },
  { prefix: "us-isob-", partition: "aws-iso-b", region: "us-isob-east-1", suffix: "sc2s.sgov.gov" },
  { prefix: "eu-isoe-", partition: "aws-iso-e", region: "eu-isoe-west-1", suffix: "cloud.adc-e.uk" },
  { prefix: "us-isof-", partition: "aws-iso-f", region: "us-isof-south-1", suffix: "csp.hci.ic.gov" },
  { prefix: "us-gov-", partition: "aws-us-gov", region: "us-gov-west-1", suffix: "amazonaws.com" },
];

const commercial: (typeof partitions)[number] = {
  prefix: "",
  partition: "aws",
  region: "us-east-1",
  suffix: "amazonaws.com",
};

/** Where Organizations and Route 53 answer: in China from another region than IAM, and in the newest partition not at all. */
const byPartition: Partial<Record<Partition, string>> = {
  aws: "us-east-1",
  "aws-cn": "cn-northwest-1",
  "aws-iso": "us-iso-east-1",
  "aws-iso-b": "us-isob-east-1",
  "aws-iso-e": "eu-isoe-west-1",
  "aws-iso-f": "us-isof-south-1",
  "aws-us-gov": "us-gov-west-1",
};

/**
 * Where services answer that do not answer in every partition from where IAM does; a partition that is missing has no
 * such service. Source: https://docs.aws.amazon.com/general/latest/gr/aws-service-information.html and the like for
 * other partitions; a test compares it with botocore's endpoints.
 */
const endpoints: Partial<Record<GlobalService, Partial<Record<Partition, string>>>> = {
  account: { aws: "us-east-1", "aws-cn": "cn-northwest-1" },
  // The web ACLs of CloudFront, too. CloudFront in China has none.
  cloudfront: { aws: "us-east-1" },
  organizations: byPartition,
  route53: byPartition,
  route53domains: { aws: "us-east-1" },
};

/** The partition that a region is in: `aws-us-gov` for `us-gov-east-1`. */
export function partitionOf(region: string): Partition {
  return homeOf(region).partition;
}

/**
 * Where the Security Token Service of a region answers: `https://sts.us-west-2.amazonaws.com`.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_region-endpoints.html
 */
export function stsEndpointOf(region: string): string {
  return `https://sts.${region}.${homeOf(region).suffix}`;
}

/** The region from which IAM answers for all regions of a region's partition, and in which it records its calls. */
export function iamRegionOf(region: string): string {
  return homeOf(region).region;
}

/** The region from which a service answers for all regions of a region's partition; undefined when that has no such service. */
export function globalRegionOf(service: GlobalService, region: string): string | undefined {
  const home = homeOf(region);
  const known = endpoints[service];
  return known === undefined ? home.region : known[home.partition];
}

function homeOf(region: string): (typeof partitions)[number] {
  return partitions.find(({ prefix }) => region.startsWith(prefix)) ?? commercial;
}
