import { type Item, type StackAccess } from "../stack-access";
import { usageError } from "../verb";
import { findingsBetween } from "./kept";

/** Minimum length of an abbreviated ID, so that few findings match. */
const leastOfId = 4;

const usualMs = 7 * 86_400_000;

/**
 * The item of a finding, by its ID, or by the beginning of it that the list shows, among those first seen in a period (epoch
 * ms; by default the last seven days).
 *
 * @throws Error if there is none, or more than one
 */
export async function keptItemOf(
  stack: StackAccess,
  id: string,
  from: number = Date.now() - usualMs,
  until: number = Date.now(),
): Promise<Item> {
  const exact = await get(stack, id);
  if (exact?.about !== undefined) return exact;
  if (id.length < leastOfId)
    throw usageError(
      `expected at least ${leastOfId} characters of a finding's ID, found ${JSON.stringify(id)}`,
    );
  const [start = "", detection = ""] = id.split("#", 2);
  const found: string[] = [];
  for await (const one of findingsBetween(stack, from, until))
    if (one.id.startsWith(start) && (detection === "" || one.detection === detection)) found.push(one.id);
  const [only] = found;
  if (only === undefined)
    throw new Error(
      `expected a finding ${id} in the table ${stack.table}, found none first seen since ${new Date(from).toISOString()}: give its full ID`,
    );
  if (found.length > 1)
    throw new Error(`expected one finding that starts with ${id}, found ${found.slice(0, 10).join(", ")}`);
  const item = await get(stack, only);
  if (item === undefined) throw new Error(`finding ${only} was deleted in the meantime`);
  return item;
}

async function get({ aws, table, region }: StackAccess, id: string): Promise<Item | undefined> {
  const input = { TableName: table, Key: { id: { S: id } }, ConsistentRead: true };
  const { Item: item } = await aws({ service: "dynamodb", operation: "GetItem", region, input });
  return item as Item | undefined;
}
