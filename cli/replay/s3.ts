import type * as S3Sdk from "@aws-sdk/client-s3";

/** An object below a prefix. */
export interface ListedObject {
  key: string;
  bytes: number;
}

/** The calls that `replay` makes to S3: reads only. */
export interface S3Reader {
  list(bucket: string, prefix: string): AsyncIterable<ListedObject>;
  get(bucket: string, key: string): Promise<AsyncIterable<Uint8Array>>;
}

/**
 * Creates the reader of S3. The SDK is loaded and the client created on first use.
 *
 * @param at endpoint and region instead of those of the environment
 */
export function createS3Reader(at: { endpoint?: string; region?: string } = {}): S3Reader {
  let client: S3Sdk.S3Client | undefined;
  const sdk = () => require("@aws-sdk/client-s3") as typeof S3Sdk;
  const s3 = () => {
    client ??= new (sdk().S3Client)({
      region: at.region ?? process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION ?? "us-east-1",
      ...(at.endpoint === undefined ? {} : { endpoint: at.endpoint }),
      // The bucket may be in any region.
      followRegionRedirects: true,
      customUserAgent: "cloudtrailer-replay",
      // An endpoint on this machine has no host name per bucket.
      forcePathStyle: Boolean(at.endpoint ?? process.env.AWS_ENDPOINT_URL_S3 ?? process.env.AWS_ENDPOINT_URL),
    });
    return client;
  };
  return {
    async *list(bucket, prefix) {
      let token: string | undefined;
      do {
        const page = await s3().send(
          new (sdk().ListObjectsV2Command)({ Bucket: bucket, Prefix: prefix, ContinuationToken: token }),
        );
        for (const { Key, Size } of page.Contents ?? [])
          if (Key !== undefined) yield { key: Key, bytes: Size ?? 0 };
        token = page.NextContinuationToken;
      } while (token !== undefined);
    },
    async get(bucket, key) {
      const { Body } = await s3().send(new (sdk().GetObjectCommand)({ Bucket: bucket, Key: key }));
      return Body as unknown as AsyncIterable<Uint8Array>;
    },
  };
}
