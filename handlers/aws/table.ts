import type { CallAws } from "./call";

/** One value of an item, in DynamoDB's form: string, number or string set. */
export interface Attribute {
  S?: string;
  N?: string;
  SS?: string[];
}

/** An item of the table, or part of one. */
export interface Attributes {
  [name: string]: Attribute | undefined;
}

/** The condition for changing an item. Names are written as they are, values as `:name`. */
export interface Condition {
  /** `owner = :owner AND leaseUntil < :at` */
  expression: string;
  values?: Attributes;
}

/** A change of one item. */
export interface Change {
  /** Attributes to set. */
  set?: Attributes;
  /** Attributes to set unless they exist. */
  setIfMissing?: Attributes;
  /** Members to add to sets, and numbers to add to numbers. */
  add?: Attributes;
  /** Attributes to remove. */
  remove?: string[];
  /** If omitted, the change is always made. */
  condition?: Condition;
}

/** The result of a change. */
export type Changed = { changed: true; item: Attributes } | { changed: false };

/** The findings table: key `id` (S), TTL attribute `expiresAt` (N, epoch s). The only door to DynamoDB. */
export interface Table {
  /** The item as the last write left it; empty if there is none. */
  get(id: string): Promise<Attributes>;
  /** Changes or creates an item. It stays unchanged if the condition does not hold; any other error is thrown. */
  update(id: string, change: Change): Promise<Changed>;
}

/**
 * Opens the table.
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

/** Key prefixes of everything in the table that is not a finding: `breaker#…`. No event ID may look like one. */
export const reservedKeys = [
  "approval",
  "baseline",
  "breaker",
  "burst",
  "digest",
  "due",
  "event",
  "flood",
  "import",
  "lock",
  "loop",
  "novelty",
  "own",
  "request",
  "rollback",
  "switch",
  "watch",
];

/**
 * Holds if nobody has written to an item since it was read, by its attribute `version`; `undefined` if there was no
 * item.
 */
export function ifUnchanged(version: Attribute | undefined): Condition {
  return version === undefined
    ? { expression: "attribute_not_exists(version)" }
    : { expression: "version = :version", values: { ":version": version } };
}

/** The version after the one that was read. */
export function nextVersion(version: Attribute | undefined): Attribute {
  return { N: String(Number(version?.N ?? 0) + 1) };
}

/** Words of a condition that are not attribute names. */
const keywords = ["AND", "OR", "NOT", "IN", "BETWEEN", "attribute_not_exists", "attribute_exists", "size"];

/** A name in the form that expressions allow: letters, digits and underscores. */
function token(name: string): string {
  return name.replace(/\W/g, (character) => `_${character.charCodeAt(0)}_`);
}

/** Every name is written as `#name`, because many of the table's (`state`, `owner`) are reserved words. */
function expressionsOf({
  set = {},
  setIfMissing = {},
  add = {},
  remove = [],
  condition,
}: Change): Record<string, unknown> {
  const names: Record<string, string> = {};
  const values: Attributes = { ...condition?.values };
  const named = (name: string) => {
    names[`#${token(name)}`] = name;
    return `#${token(name)}`;
  };
  const valued = (prefix: string, name: string, value: Attribute | undefined) => {
    values[`:${prefix}_${token(name)}`] = value;
    return `:${prefix}_${token(name)}`;
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
    ...(remove.length === 0 ? [] : [`REMOVE ${remove.map(named).join(", ")}`]),
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
