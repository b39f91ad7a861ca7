import type { CallAws } from "../handlers/aws/call";
import { createCallAws } from "../handlers/aws/clients";
import { usageError } from "./verb";

/** The options by which a person says which stack is meant; for `parseArgs`. */
export const stackOptions = {
  table: { type: "string" },
  region: { type: "string" },
  endpoint: { type: "string" },
} as const;

/** A stack's table, and a person's own way to it. */
export interface StackAccess {
  table: string;
  region: string;
  /** Calls with the credentials of who runs the verb. */
  aws: CallAws;
}

/** The region that was asked for, or the environment's. @throws a usage error when there is none */
export function regionFrom(region: string | undefined): string {
  const found = region ?? process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION;
  if (!found) throw usageError("expected --region, or AWS_REGION in the environment");
  return found;
}

/** @throws a usage error that names the option which is missing */
export function stackAccessFrom(values: { table?: string; region?: string; endpoint?: string }): StackAccess {
  const { table, endpoint } = values;
  if (!table) throw usageError("expected --table with the stack's output tableName");
  const aws = createCallAws(endpoint === undefined ? {} : { endpoint });
  return { table, region: regionFrom(values.region), aws };
}

/** Items of the table, page by page, of which a filter holds. */
export async function* itemsOfTable(
  { table, region, aws }: StackAccess,
  filter: {
    FilterExpression: string;
    ExpressionAttributeValues: Record<string, { S: string } | { N: string }>;
  },
): AsyncGenerator<Item> {
  let from: unknown;
  do {
    const input = { TableName: table, ...filter, ...(from === undefined ? {} : { ExclusiveStartKey: from }) };
    const page = await aws({ service: "dynamodb", operation: "Scan", region, input });
    yield* (page.Items ?? []) as Item[];
    from = page.LastEvaluatedKey;
  } while (from !== undefined);
}

/** An item as DynamoDB has it, as far as these verbs read it. */
export interface Item {
  [attribute: string]: { S?: string; N?: string; SS?: string[] } | undefined;
}
