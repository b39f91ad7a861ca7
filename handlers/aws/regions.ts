/** A partition of AWS, as in ARNs (`arn:aws-cn:…`): regions with their own accounts and global services. */
export type Partition =
  | "aws"
  | "aws-cn"
  | "aws-eusc"
  | "aws-iso"
  | "aws-iso-b"
  | "aws-iso-e"
  | "aws-iso-f"
  | "aws-us-gov";

/** A service that serves all regions of a partition from one of them. */
export type GlobalService = "account" | "cloudfront" | "iam" | "organizations" | "route53" | "route53domains";

/**
 * By prefix of the region names; all others are in `aws`. Region: where IAM's endpoint is. Suffix: what host names end with.
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

/**
 * Where Organizations and Route 53 have their endpoint: in China in another region than IAM, in the newest partition
 * nowhere.
 */
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
 * Endpoints of services that are not in IAM's region in every partition. A missing partition does not have the service.
 * Source: https://docs.aws.amazon.com/general/latest/gr/aws-service-information.html and its counterparts for other
 * partitions; a test compares this with botocore's endpoints.
 */
const endpoints: Partial<Record<GlobalService, Partial<Record<Partition, string>>>> = {
  account: { aws: "us-east-1", "aws-cn": "cn-northwest-1" },
  // Also for the web ACLs of CloudFront, which has none in China.
  cloudfront: { aws: "us-east-1" },
  organizations: byPartition,
  route53: byPartition,
  route53domains: { aws: "us-east-1" },
};

/** The partition of a region: `aws-us-gov` for `us-gov-east-1`. */
export function partitionOf(region: string): Partition {
  return homeOf(region).partition;
}

/**
 * The endpoint of a region's Security Token Service: `https://sts.us-west-2.amazonaws.com`.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_region-endpoints.html
 */
export function stsEndpointOf(region: string): string {
  return `https://sts.${region}.${homeOf(region).suffix}`;
}

/** The region where IAM serves a region's whole partition, and where its calls are recorded. */
export function iamRegionOf(region: string): string {
  return homeOf(region).region;
}

/** The region where a service serves a region's whole partition; undefined if that does not have the service. */
export function globalRegionOf(service: GlobalService, region: string): string | undefined {
  const home = homeOf(region);
  const known = endpoints[service];
  return known === undefined ? home.region : known[home.partition];
}

function homeOf(region: string): (typeof partitions)[number] {
  return partitions.find(({ prefix }) => region.startsWith(prefix)) ?? commercial;
}
