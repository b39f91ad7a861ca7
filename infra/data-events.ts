import { type Check, flag, form, listOf, oneOf, optional, record } from "./checks";

/** Data events that the own trail records besides management events. */
export interface DataEvents {
  resources: "s3" | "lambda" | "dynamodb";
  /** Only resources whose ARN starts with one of these; all if omitted. */
  arns?: string[];
  /** Only calls that change something. */
  writeOnly?: boolean;
}

/** CloudTrail's types of resources. */
const types: Record<DataEvents["resources"], string> = {
  s3: "AWS::S3::Object",
  lambda: "AWS::Lambda::Function",
  dynamodb: "AWS::DynamoDB::Table",
};

/** Data events of the trail's configuration. */
export const checkDataEvents: Check<DataEvents[]> = listOf(
  record({
    resources: oneOf(["s3", "lambda", "dynamodb"] as const),
    arns: optional(
      listOf(form("the beginning of an ARN: arn:aws:s3:::bucket/", /^arn:aws[a-z-]*:[\w-]+:.*$/)),
    ),
    writeOnly: optional(flag()),
  }),
);

/** A condition of an advanced event selector, as Pulumi's provider takes it. */
export interface FieldSelector {
  field: string;
  equals?: string[];
  startsWith?: string[];
  notStartsWith?: string[];
}

/** An advanced event selector, as Pulumi's provider takes it. */
export interface EventSelector {
  name: string;
  fieldSelectors: FieldSelector[];
}

/**
 * The trail's selectors: all management events, and the configured data events. Undefined without data events, because a trail
 * records all management events by default.
 *
 * @param bucketArn the trail's own bucket: each log file there would be a data event, which would make another log file
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-data-events-with-cloudtrail.html
 */
export function selectorsOf(dataEvents: DataEvents[], bucketArn: string): EventSelector[] | undefined {
  if (dataEvents.length === 0) return undefined;
  return [
    { name: "management events", fieldSelectors: [{ field: "eventCategory", equals: ["Management"] }] },
    ...dataEvents.map(({ resources, arns = [], writeOnly = false }, index) => ({
      name: `${resources} ${index + 1}`,
      fieldSelectors: [
        { field: "eventCategory", equals: ["Data"] },
        { field: "resources.type", equals: [types[resources]] },
        ...(writeOnly ? [{ field: "readOnly", equals: ["false"] }] : []),
        ...arnSelector(arns, resources === "s3" ? [`${bucketArn}/`] : []),
      ],
    })),
  ];
}

function arnSelector(startsWith: string[], notStartsWith: string[]): FieldSelector[] {
  if (startsWith.length === 0 && notStartsWith.length === 0) return [];
  return [
    {
      field: "resources.ARN",
      ...(startsWith.length === 0 ? {} : { startsWith }),
      ...(notStartsWith.length === 0 ? {} : { notStartsWith }),
    },
  ];
}
