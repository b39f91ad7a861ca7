import {
  DescribeTrailsCommand,
  GetEventSelectorsCommand,
  GetTrailStatusCommand,
  type Trail as AwsTrail,
} from "@aws-sdk/client-cloudtrail";
import type { CloudTrailRecord } from "../../handlers/cloudtrail/record";
import { isSelected, type Selectors } from "./event-selectors";
import type { RootClients } from "./root-clients";

/** A trail, as far as the delivery of management events is concerned. */
export interface Trail {
  name: string;
  arn: string;
  homeRegion: string;
  isMultiRegion: boolean;
  includesGlobalServices: boolean;
  bucket: string;
  prefix?: string;
  topicArn?: string;
  /** Of an organization trail, which gets the records of every member. */
  organizationId?: string;
  /** The key that encrypts its log files. */
  kmsKeyId?: string;
  isLogging: boolean;
  /** When it was last stopped, epoch ms. */
  stoppedAt?: number;
  /** Whether it gets digest files. */
  validates: boolean;
  selectors: Selectors;
}

/** The folder of an account's files: `audit/AWSLogs/o-abcde12345/111122223333`. */
export function folderOf(
  { prefix, organizationId }: Pick<Trail, "prefix" | "organizationId">,
  account: string,
): string {
  return [prefix, "AWSLogs", organizationId, account].filter(Boolean).join("/");
}

/** The account's trails, as last seen. */
export interface Trails {
  current(): Trail[];
  /**
   * Reads them again.
   *
   * @param region one more region to search, for single-region trails
   */
  refresh(region?: string): Promise<void>;
}

/** CloudTrail calls after which a trail may have changed. */
const changesTrails = /^(Create|Update|Delete)Trail$|^(Start|Stop)Logging$|^PutEventSelectors$/;

/** Whether a CloudTrail operation changes what is delivered where. */
export function isTrailChange(operation: string): boolean {
  return changesTrails.test(operation);
}

/** MiniStack keeps a trail's topic as it was given: by ARN or by name. */
function topicOf({ SnsTopicARN, SnsTopicName }: AwsTrail, trailArn: string): { topicArn?: string } {
  const topic = SnsTopicARN || SnsTopicName;
  if (!topic || topic.startsWith("arn:")) return topic ? { topicArn: topic } : {};
  const [arn, partition, , region, account] = trailArn.split(":");
  return { topicArn: [arn, partition, "sns", region, account, topic].join(":") };
}

/** Creates the register of trails. It is empty until it is refreshed. */
export function createTrails(clients: RootClients, homeRegion: string, organizationId?: string): Trails {
  const regions = new Set([homeRegion]);
  let trails: Trail[] = [];
  let last: Promise<void> = Promise.resolve();

  function organizationOf({
    IsOrganizationTrail,
    KmsKeyId,
  }: AwsTrail): Pick<Trail, "organizationId" | "kmsKeyId"> {
    return {
      ...(IsOrganizationTrail && organizationId !== undefined && { organizationId }),
      ...(KmsKeyId && { kmsKeyId: KmsKeyId }),
    };
  }

  async function inRegion(region: string): Promise<Trail[]> {
    const client = clients.cloudtrail(region);
    const { trailList = [] } = await client.send(new DescribeTrailsCommand({ includeShadowTrails: false }));
    const found = trailList.map(async (trail): Promise<Trail[]> => {
      const { TrailARN, S3BucketName, HomeRegion = region } = trail;
      if (!TrailARN || !S3BucketName) return [];
      const asked = await Promise.all([
        client.send(new GetTrailStatusCommand({ Name: TrailARN })),
        client.send(new GetEventSelectorsCommand({ TrailName: TrailARN })),
      ]).catch((error: Error) => {
        // Deleted since it was listed.
        if (error.name === "TrailNotFoundException") return undefined;
        throw error;
      });
      if (asked === undefined) return [];
      const [status, { EventSelectors = [], AdvancedEventSelectors = [] }] = asked;
      return [
        {
          name: trail.Name ?? TrailARN,
          arn: TrailARN,
          homeRegion: HomeRegion,
          isMultiRegion: trail.IsMultiRegionTrail ?? false,
          includesGlobalServices: trail.IncludeGlobalServiceEvents ?? true,
          bucket: S3BucketName,
          ...(trail.S3KeyPrefix && { prefix: trail.S3KeyPrefix }),
          ...topicOf(trail, TrailARN),
          ...organizationOf(trail),
          isLogging: status.IsLogging ?? false,
          ...(status.StopLoggingTime && { stoppedAt: status.StopLoggingTime.getTime() }),
          validates: trail.LogFileValidationEnabled ?? false,
          selectors: { basic: EventSelectors, advanced: AdvancedEventSelectors },
        },
      ];
    });
    return (await Promise.all(found)).flat();
  }

  async function read(): Promise<void> {
    const lists = await Promise.all([...regions].map(inRegion));
    const byArn = new Map(lists.flat().map((trail) => [trail.arn, trail]));
    trails = [...byArn.values()];
  }

  return {
    current: () => trails,
    refresh(region) {
      if (region !== undefined) regions.add(region);
      // One after another, so that an older answer cannot replace a newer one.
      last = last.catch(() => {}).then(read);
      return last;
    },
  };
}

/** Services whose events belong to the account, not to a region. */
const globalServices = new Set(["iam.amazonaws.com", "sts.amazonaws.com", "cloudfront.amazonaws.com"]);

/**
 * Whether a trail gets a record. A single-region trail gets its region's events; events of IAM and STS belong to us-east-1.
 *
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-concepts.html#cloudtrail-concepts-global-service-events
 */
export function gets(trail: Trail, record: CloudTrailRecord): boolean {
  const owner = trail.arn.split(":")[4];
  const { recipientAccountId = owner } = record;
  if (recipientAccountId !== owner && trail.organizationId === undefined) return false;
  if (!trail.isMultiRegion && record.awsRegion !== trail.homeRegion) return false;
  if (globalServices.has(record.eventSource) && !trail.includesGlobalServices) return false;
  return isSelected(trail.selectors, record);
}
