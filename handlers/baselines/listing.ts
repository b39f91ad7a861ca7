import { type CallAws, callsTo } from "../aws/call";
import { iamRegionOf } from "../aws/regions";
import { type Fields, fieldsOf, listOf, textOf } from "../json";
import type { Baseline, Listed, Listing } from "./baseline";

/** A list call: its service, region and operation. */
export type List = readonly [service: string, region: string, operation: string];

/** The name of the page token in the answer, and in the next call. */
export type Token = [answered: string, asked: string];

/** The pages of a list, as AWS returns them. */
export async function* pagesOf(
  aws: CallAws,
  [service, region, operation]: List,
  input: Record<string, unknown>,
  token: Token = ["NextToken", "NextToken"],
): AsyncGenerator<Record<string, unknown>> {
  const call = callsTo(service, region);
  let more: Record<string, unknown> = {};
  for (;;) {
    const page = await aws(call(operation, { ...input, ...more }));
    yield page;
    const next = textOf(page[token[0]]);
    // A repeating token would never end.
    if (next === undefined || next === "" || next === more[token[1]]) return;
    more = { [token[1]]: next };
  }
}

/** Items whose id is the string `member`. */
export function named(items: unknown, member: string): Listed[] {
  return listOf(items)
    .map((item) => textOf(fieldsOf(item)[member]))
    .flatMap((id) => (id === undefined ? [] : [{ id }]));
}

/** Items that are strings, which are ids. */
export function texts(items: unknown): Listed[] {
  return listOf(items).flatMap((id) => (typeof id === "string" ? [{ id }] : []));
}

/** Items that contain everything that is kept of them. @param answersOf what the calls that read one would answer */
export function described(
  items: unknown,
  idOf: (item: Fields) => unknown,
  answersOf: (item: Fields) => Baseline,
): Listed[] {
  return listOf(items)
    .map(fieldsOf)
    .flatMap((item) => {
      const id = textOf(idOf(item));
      return id === undefined ? [] : [{ id, answers: answersOf(item) }];
    });
}

/** The listing of resources whose read operation lists all of them if it is given no name. */
export function listedWhole(
  service: string,
  operation: string,
  [member, idMember]: [member: string, idMember: string],
  { input = {}, token }: { input?: Record<string, unknown>; token?: Token } = {},
): Listing {
  return {
    actions: [],
    of: "region",
    async *pages(aws, region) {
      for await (const page of pagesOf(aws, [service, region, operation], input, token))
        yield described(
          page[member],
          (one) => one[idMember],
          (one) => ({ [operation]: { [member]: [one] } }),
        );
    },
  };
}

/**
 * The listing of IAM identities: their names, boundaries, trust and inline policies.
 *
 * @param listedOf the resources that belong to one identity
 */
export function identities(
  subject: "Group" | "Role" | "User",
  listedOf: (detail: Fields) => Listed[],
): Listing {
  return {
    actions: ["iam:GetAccountAuthorizationDetails"],
    of: "account",
    async *pages(aws, stack) {
      const region = iamRegionOf(stack);
      const list: List = ["iam", region, "GetAccountAuthorizationDetails"];
      const input = { Filter: [subject], MaxItems: 200 };
      for await (const page of pagesOf(aws, list, input, ["Marker", "Marker"]))
        yield listOf(page[`${subject}DetailList`])
          .map(fieldsOf)
          .flatMap(listedOf)
          .map((listed) => ({ ...listed, region }));
    },
  };
}

/** The listing of a kind that exists once per region. */
export function oneInEachRegion(): Listing {
  return {
    actions: [],
    of: "region",
    async *pages() {
      yield [{ id: "account" }];
    },
  };
}

/** The listing of a kind that exists once per bucket. */
export function buckets(): Listing {
  return {
    actions: ["s3:ListAllMyBuckets"],
    of: "account",
    async *pages(aws, region) {
      // S3 returns each bucket's region only if the call has a parameter.
      const token: Token = ["ContinuationToken", "ContinuationToken"];
      for await (const page of pagesOf(aws, ["s3", region, "ListBuckets"], { MaxBuckets: 1000 }, token))
        yield listOf(page.Buckets)
          .map(fieldsOf)
          .flatMap(({ Name, BucketRegion }) =>
            typeof Name === "string" ? [{ id: Name, region: textOf(BucketRegion) ?? region }] : [],
          );
    },
  };
}
