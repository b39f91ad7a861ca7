/** A column of the table of events, with its type in Hive's words. */
export interface Column {
  /** CloudTrail's own name, in its spelling. Hive knows it in lower case. */
  name: string;
  type: string;
}

const sessionContext =
  "struct<attributes:struct<mfaAuthenticated:string,creationDate:string>," +
  "sessionIssuer:struct<type:string,principalId:string,arn:string,accountId:string,userName:string>," +
  "ec2RoleDelivery:string,webIdFederationData:struct<federatedProvider:string,attributes:map<string,string>>>";

/**
 * What CloudTrail writes of an event. What differs from call to call is text: JSON.
 *
 * Source: https://docs.aws.amazon.com/athena/latest/ug/create-cloudtrail-table-partition-projection.html
 */
export const columns: Column[] = [
  { name: "eventVersion", type: "string" },
  {
    name: "userIdentity",
    type: `struct<type:string,principalId:string,arn:string,accountId:string,invokedBy:string,accessKeyId:string,userName:string,onBehalfOf:struct<userId:string,identityStoreArn:string>,sessionContext:${sessionContext}>`,
  },
  ...[
    "eventTime",
    "eventSource",
    "eventName",
    "awsRegion",
    "sourceIPAddress",
    "userAgent",
    "errorCode",
    "errorMessage",
    "requestParameters",
    "responseElements",
    "additionalEventData",
    "requestID",
    "eventID",
  ].map((name) => ({ name, type: "string" })),
  { name: "resources", type: "array<struct<arn:string,accountId:string,type:string>>" },
  ...[
    "eventType",
    "apiVersion",
    "readOnly",
    "recipientAccountId",
    "serviceEventDetails",
    "sharedEventID",
    "vpcEndpointId",
    "vpcEndpointAccountId",
    "eventCategory",
    "sessionCredentialFromConsole",
    "edgeDeviceDetails",
  ].map((name) => ({ name, type: "string" })),
  {
    name: "tlsDetails",
    type: "struct<tlsVersion:string,cipherSuite:string,clientProvidedHostHeader:string>",
  },
];

/** The partitions, which are folders: what a query should name, because Athena bills the bytes that it reads. */
export const partitions = ["account", "region", "day"] as const;

/** Regions by partition of AWS, in which a multi-region trail writes log files. */
const regions: Record<string, string[]> = {
  aws: [
    ...["af-south-1", "ap-east-1", "ap-east-2", "ap-northeast-1", "ap-northeast-2", "ap-northeast-3"],
    ...["ap-south-1", "ap-south-2", "ap-southeast-1", "ap-southeast-2", "ap-southeast-3", "ap-southeast-4"],
    ...["ap-southeast-5", "ap-southeast-6", "ap-southeast-7", "ca-central-1", "ca-west-1", "eu-central-1"],
    ...["eu-central-2", "eu-north-1", "eu-south-1", "eu-south-2", "eu-west-1", "eu-west-2", "eu-west-3"],
    ...["il-central-1", "me-central-1", "me-south-1", "mx-central-1", "sa-east-1", "us-east-1", "us-east-2"],
    ...["us-west-1", "us-west-2"],
  ],
  "aws-cn": ["cn-north-1", "cn-northwest-1"],
  "aws-us-gov": ["us-gov-east-1", "us-gov-west-1"],
};

/** Where the log files of a table are. */
export interface TablePlace {
  /** The partition of AWS. */
  partition: string;
  /** The stack's region, which is there in any case. */
  region: string;
  bucket: string;
  /** The trail's prefix, without a slash at its ends. */
  prefix?: string | undefined;
  /** The account of the trail; undefined: an organization's, whose queries name one. */
  account?: string;
  /** The organization whose trail it is. */
  organization?: string;
}

/**
 * The properties of the table, from which Athena computes partitions: nothing has to be added for a new day.
 *
 * Source: https://docs.aws.amazon.com/athena/latest/ug/partition-projection-supported-types.html
 */
export function projectionOf(place: TablePlace): Record<string, string> {
  const known = [...new Set([...(regions[place.partition] ?? []), place.region])];
  const account: Record<string, string> =
    place.account === undefined
      ? { "projection.account.type": "injected" }
      : { "projection.account.type": "enum", "projection.account.values": place.account };
  return {
    EXTERNAL: "TRUE",
    "projection.enabled": "true",
    ...account,
    "projection.region.type": "enum",
    "projection.region.values": known.join(","),
    "projection.day.type": "date",
    "projection.day.format": "yyyy/MM/dd",
    "projection.day.interval": "1",
    "projection.day.interval.unit": "DAYS",
    "projection.day.range": "2013/01/01,NOW",
    "storage.location.template": `${locationOf(place)}\${account}/CloudTrail/\${region}/\${day}`,
  };
}

/** The folder that has the folders of accounts. */
export function locationOf({ bucket, prefix, organization }: TablePlace): string {
  return `s3://${bucket}/${prefix === undefined ? "" : `${prefix}/`}AWSLogs/${organization === undefined ? "" : `${organization}/`}`;
}
