import type { CallAws } from "../aws/call";
import type { Attributes } from "../aws/table";
import { dayOf, findingsByDay } from "./store";

const dayMs = 86_400_000;

/** Where the table is, and who reads it. */
export interface TableAccess {
  table: string;
  region: string;
  aws: CallAws;
}

/**
 * The items of the findings first seen in a period, newest first, page by page: one query per day, no scan.
 *
 * @param from epoch ms @param until epoch ms, included
 */
export async function* itemsBetween(
  { table, region, aws }: TableAccess,
  from: number,
  until: number,
): AsyncGenerator<Attributes[]> {
  for (let day = dayOf(until); day >= dayOf(from); day = dayOf(Date.parse(day) - dayMs)) {
    let start: unknown;
    do {
      const page = await aws({
        service: "dynamodb",
        operation: "Query",
        region,
        input: {
          TableName: table,
          IndexName: findingsByDay.name,
          KeyConditionExpression: "#day = :day AND #at BETWEEN :from AND :until",
          ExpressionAttributeNames: { "#day": findingsByDay.hashKey, "#at": findingsByDay.rangeKey },
          ExpressionAttributeValues: {
            ":day": { S: day },
            ":from": { S: new Date(from).toISOString() },
            ":until": { S: new Date(until).toISOString() },
          },
          ScanIndexForward: false,
          ...(start === undefined ? {} : { ExclusiveStartKey: start }),
        },
      });
      yield (page.Items ?? []) as Attributes[];
      start = page.LastEvaluatedKey;
    } while (start !== undefined);
  }
}
