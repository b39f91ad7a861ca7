import type { CallAws } from "../../handlers/aws/call";
import type { Attribute, Attributes } from "../../handlers/aws/table";
import { awsError, type Answers } from "./factories";

/** A table in memory that evaluates DynamoDB's expressions, as far as handlers/aws/table.ts writes them. */
export interface MemoryDynamoDb {
  /** By key. */
  items: Record<string, Attributes>;
  /** Answers for `fakeAws`. */
  answers: Answers;
  /** Makes calls to DynamoDB only. */
  aws: CallAws;
}

/** Creates a table in memory. */
export function aTable(items: Record<string, Attributes> = {}): MemoryDynamoDb {
  const keyOf = (input: Record<string, unknown>) => String((input.Key as Attributes).id?.S);
  const answers: Answers = {
    "dynamodb:GetItem": (input) => {
      const item = items[keyOf(input)];
      return item === undefined ? {} : { Item: structuredClone(item) };
    },
    "dynamodb:PutItem": (input) => {
      const item = structuredClone(input.Item) as Attributes;
      items[String(item.id?.S)] = item;
      return {};
    },
    "dynamodb:UpdateItem": (input) => {
      const key = keyOf(input);
      const item = structuredClone(items[key] ?? {});
      const names = (input.ExpressionAttributeNames ?? {}) as Record<string, string>;
      const values = (input.ExpressionAttributeValues ?? {}) as Attributes;
      const look: Look = { item: items[key] ?? {}, names, values };
      if (typeof input.ConditionExpression === "string" && !holds(input.ConditionExpression, look))
        throw awsError("ConditionalCheckFailedException", "The conditional request failed");
      change(String(input.UpdateExpression), item, look);
      items[key] = { ...item, id: { S: key } };
      return { Attributes: structuredClone(items[key]) };
    },
  };
  const aws: CallAws = async ({ service, operation, input }) => {
    const answer = answers[`${service}:${operation}`];
    if (typeof answer !== "function") throw new Error(`this table knows no ${service}:${operation}`);
    return answer(input);
  };
  return { items, answers, aws };
}

interface Look {
  item: Attributes;
  names: Record<string, string>;
  values: Attributes;
}

function nameOf(token: string, { names }: Look): string {
  const name = token.startsWith("#") ? names[token] : token;
  if (name === undefined) throw awsError("ValidationException", `no name ${token}`);
  return name;
}

function valueOf(token: string, { values }: Look): Attribute {
  const value = values[token];
  if (value === undefined) throw awsError("ValidationException", `no value ${token}`);
  return value;
}

/** `a = :b OR (attribute_not_exists(c) AND size(d) < :e)`; AND binds closer. */
function holds(expression: string, look: Look): boolean {
  const tokens = expression.match(/[#:]?\w+|<>|<=|>=|[=<>()]/g) ?? [];
  let at = 0;
  const or = (): boolean => {
    let value = and();
    while (tokens[at] === "OR") {
      at++;
      const other = and();
      value = value || other;
    }
    return value;
  };
  const and = (): boolean => {
    let value = one();
    while (tokens[at] === "AND") {
      at++;
      const other = one();
      value = value && other;
    }
    return value;
  };
  const one = (): boolean => {
    const token = tokens[at++] ?? "";
    if (token === "(") {
      const value = or();
      at++;
      return value;
    }
    if (token === "attribute_not_exists" || token === "attribute_exists") {
      const name = nameOf(tokens[at + 1] ?? "", look);
      at += 3;
      return (look.item[name] === undefined) === (token === "attribute_not_exists");
    }
    let left: string | number | undefined;
    if (token === "size") {
      left = look.item[nameOf(tokens[at + 1] ?? "", look)]?.SS?.length;
      at += 3;
    } else {
      const found = look.item[nameOf(token, look)];
      left = found?.N === undefined ? found?.S : Number(found.N);
    }
    const operator = tokens[at++];
    const { N, S } = valueOf(tokens[at++] ?? "", look);
    const right = N === undefined ? S : Number(N);
    if (left === undefined || right === undefined) return operator === "<>";
    const compared: Record<string, boolean> = {
      "=": left === right,
      "<>": left !== right,
      "<": left < right,
      "<=": left <= right,
      ">": left > right,
      ">=": left >= right,
    };
    return compared[operator ?? ""] ?? false;
  };
  return or();
}

/** `SET #a = :b, #c = if_not_exists(#c, :d) ADD #e :f REMOVE #g, #h` */
function change(expression: string, item: Attributes, look: Look): void {
  const [, sets = "", adds = "", removed = ""] =
    /^(?:SET (.*?))?\s*(?:ADD (.*?))?\s*(?:REMOVE (.*))?$/.exec(expression) ?? [];
  for (const [, name = "", missing, value = ""] of sets.matchAll(
    /(#?\w+) = (if_not_exists\(#?\w+, )?(:\w+)/g,
  )) {
    const target = nameOf(name, look);
    if (missing === undefined || item[target] === undefined) item[target] = valueOf(value, look);
  }
  for (const [, name = "", value = ""] of adds.matchAll(/(#?\w+) (:\w+)/g)) {
    const target = nameOf(name, look);
    const { SS, N } = valueOf(value, look);
    if (SS !== undefined) item[target] = { SS: [...new Set([...(item[target]?.SS ?? []), ...SS])] };
    else item[target] = { N: String(Number(item[target]?.N ?? 0) + Number(N)) };
  }
  for (const [name] of removed.matchAll(/#?\w+/g)) delete item[nameOf(name, look)];
}
