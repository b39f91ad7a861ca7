import type { CallAws } from "../../handlers/aws/call";
import { fieldsOf, textOf } from "../../handlers/json";
import type { ListPageOf } from "./list";

/** Where a stack keeps what hunts need, and calls to it as the person who runs the verb. */
export interface HuntAccess {
  region: string;
  /** The stack's bucket for log files. */
  bucket: string;
  /** The bucket for results. */
  reports: string;
  /** ARN of the state machine. */
  hunts: string;
  aws: CallAws;
}

/** Objects in the reports bucket. */
export interface Reports {
  put(key: string, body: Buffer | string): Promise<void>;
  get(key: string): Promise<Buffer>;
  /** Keys below a prefix, in order. */
  list(prefix: string): Promise<string[]>;
}

/** Reads and writes the reports bucket. */
export function createReports({ aws, region, reports }: HuntAccess): Reports {
  const call = (operation: string, input: Record<string, unknown>) =>
    aws({ service: "s3", operation, region, input: { Bucket: reports, ...input } });
  return {
    async put(Key, Body) {
      await call("PutObject", { Key, Body });
    },
    async get(Key) {
      const { Body } = await call("GetObject", { Key });
      const chunks: Uint8Array[] = [];
      for await (const chunk of Body as AsyncIterable<Uint8Array>) chunks.push(chunk);
      return Buffer.concat(chunks);
    },
    async list(Prefix) {
      const keys: string[] = [];
      let token: unknown;
      do {
        const page = await call("ListObjectsV2", { Prefix, ContinuationToken: token });
        for (const object of (page.Contents as unknown[] | undefined) ?? [])
          keys.push(textOf(fieldsOf(object).Key) ?? "");
        token = page.NextContinuationToken;
      } while (token !== undefined);
      return keys;
    },
  };
}

/** Lists a bucket with log files. */
export function createListPage({ aws, region }: Pick<HuntAccess, "aws" | "region">): ListPageOf {
  return async ({ bucket, prefix, delimiter, after, token }) => {
    const { Contents, CommonPrefixes, NextContinuationToken } = await aws({
      service: "s3",
      operation: "ListObjectsV2",
      region,
      input: {
        Bucket: bucket,
        Prefix: prefix,
        Delimiter: delimiter,
        StartAfter: after,
        ContinuationToken: token,
      },
    });
    const next = textOf(NextContinuationToken);
    return {
      files: ((Contents as unknown[] | undefined) ?? []).map((object) => {
        const { Key, Size } = fieldsOf(object);
        return [textOf(Key) ?? "", Number(Size ?? 0)];
      }),
      folders: ((CommonPrefixes as unknown[] | undefined) ?? []).map(
        (one) => textOf(fieldsOf(one).Prefix) ?? "",
      ),
      ...(next === undefined ? {} : { next }),
    };
  };
}
