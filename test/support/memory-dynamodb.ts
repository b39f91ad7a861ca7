import type { Answers } from "./factories";
import { awsError } from "./factories";

/** An item of DynamoDB, as the table of findings has them. */
type Item = Record<string, { S?: string; N?: string }>;

/**
 * A table in memory that knows what baselines are kept with: GetItem, and the UpdateItem of the histories with its
 * condition on the version. Everything else is accepted and forgotten.
 */
export function aTable(items: Record<string, Item> = {}): { items: Record<string, Item>; answers: Answers } {
  const keyOf = (input: Record<string, unknown>) => String((input.Key as Item).id?.S);
  return {
    items,
    answers: {
      "dynamodb:GetItem": (input) => {
        const item = items[keyOf(input)];
        return item === undefined ? {} : { Item: structuredClone(item) };
      },
      "dynamodb:UpdateItem": (input) => {
        const values = input.ExpressionAttributeValues as Item;
        if (values[":history"] === undefined) return { Attributes: {} };
        const { version } = items[keyOf(input)] ?? {};
        const expected = values[":version"];
        if (version?.N !== expected?.N) throw awsError("ConditionalCheckFailedException");
        items[keyOf(input)] = {
          history: values[":history"],
          version: values[":next"] ?? {},
          expiresAt: values[":expires"] ?? {},
        };
        return {};
      },
    },
  };
}
