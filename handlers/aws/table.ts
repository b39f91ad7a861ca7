import type { CallAws } from "./call";

/** One value of an item, as DynamoDB writes it: text, number or set of texts. */
export interface Attribute {
  S?: string;
  N?: string;
  SS?: string[];
}

/** An item of the table, or a part of one. */
export interface Attributes {
  [name: string]: Attribute | undefined;
}

/** What must hold of an item for it to be changed. Names are written as they are, values as `:name`. */
export interface Condition {
  /** `owner = :owner AND leaseUntil < :at` */
  expression: string;
  values?: Attributes;
}

/** A change of one item. */
export interface Change {
  /** Attributes that get these values. */
  set?: Attributes;
  /** Attributes that get these values unless they have one. */
  setIfMissing?: Attributes;
  /** Members that are added to sets, and numbers that are added to numbers. */
  add?: Attributes;
  /** Without it the change is always made. */
  condition?: Condition;
}

/** What came of a change. */
export type Changed = { changed: true; item: Attributes } | { changed: false };

/** The findings table: key `id` (S), TTL attribute `expiresAt` (N, epoch s). The only door to DynamoDB. */
export interface Table {
  /** The item as the last write left it; empty when there is none. */
  get(id: string): Promise<Attributes>;
  /** Changes an item, or makes it. Not changed when the condition does not hold; any other error is thrown. */
  update(id: string, change: Change): Promise<Changed>;
}

/**
 * Makes the door to the table.
 *
 * Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.UpdateExpressions.html
 */
export function createTable(aws: CallAws, { table, region }: { table: string; region: string }): Table {
  const dynamodb = (operation: string, id: string, rest: Record<string, unknown>) =>
    aws({
      service: "dynamodb",
      operation,
      region,
      input: { TableName: table, Key: { id: { S: id } }, ...rest },
    });
  return {
    async get(id) {
      const { Item } = await dynamodb("GetItem", id, { ConsistentRead: true });
      return (Item ?? {}) as Attributes;
    },
    async update(id, change) {
      try {
        const { Attributes: item } = await dynamodb("UpdateItem", id, {
          ...expressionsOf(change),
          ReturnValues: "ALL_NEW",
        });
        return { changed: true, item: (item ?? {}) as Attributes };
      } catch (error) {
        if ((error as { name?: unknown }).name === "ConditionalCheckFailedException")
          return { changed: false };
        throw error;
      }
    },
  };
}

/** What the keys of everything in the table begin with that is no finding: `breaker#…`. No event ID may read like one. */
export const reservedKeys = [
  "baseline",
  "breaker",
  "burst",
  "flood",
  "lock",
  "loop",
  "novelty",
  "own",
  "rollback",
  "switch",
  "watch",
];

/** That nobody has written to an item since it was read, by its attribute `version`; `undefined` for an item that was not there. */
export function ifUnchanged(version: Attribute | undefined): Condition {
  return version === undefined
    ? { expression: "attribute_not_exists(version)" }
    : { expression: "version = :version", values: { ":version": version } };
}

/** The version that follows one that was read. */
export function nextVersion(version: Attribute | undefined): Attribute {
  return { N: String(Number(version?.N ?? 0) + 1) };
}

/** Words of a condition that are not names of attributes. */
const keywords = ["AND", "OR", "NOT", "IN", "BETWEEN", "attribute_not_exists", "attribute_exists", "size"];

/** Every name is written as `#name`: many of the table's (`state`, `owner`) are reserved words. */
function expressionsOf({
  set = {},
  setIfMissing = {},
  add = {},
  condition,
}: Change): Record<string, unknown> {
  const names: Record<string, string> = {};
  const values: Attributes = { ...condition?.values };
  const named = (name: string) => {
    names[`#${name}`] = name;
    return `#${name}`;
  };
  const valued = (prefix: string, name: string, value: Attribute | undefined) => {
    values[`:${prefix}_${name}`] = value;
    return `:${prefix}_${name}`;
  };
  const sets = [
    ...Object.entries(set).map(([name, value]) => `${named(name)} = ${valued("set", name, value)}`),
    ...Object.entries(setIfMissing).map(
      ([name, value]) => `${named(name)} = if_not_exists(${named(name)}, ${valued("first", name, value)})`,
    ),
  ];
  const adds = Object.entries(add).map(([name, value]) => `${named(name)} ${valued("add", name, value)}`);
  const update = [
    ...(sets.length === 0 ? [] : [`SET ${sets.join(", ")}`]),
    ...(adds.length === 0 ? [] : [`ADD ${adds.join(", ")}`]),
  ].join(" ");
  return {
    UpdateExpression: update,
    ...(condition === undefined
      ? {}
      : {
          ConditionExpression: condition.expression.replace(/(?<![:\w])[A-Za-z]\w*/g, (word) =>
            keywords.includes(word) ? word : named(word),
          ),
        }),
    ...(Object.keys(names).length === 0 ? {} : { ExpressionAttributeNames: names }),
    ...(Object.keys(values).length === 0 ? {} : { ExpressionAttributeValues: values }),
  };
}
