import {
  type BucketLocationConstraint,
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteBucketTaggingCommand,
  DeleteObjectsCommand,
  GetBucketTaggingCommand,
  HeadBucketCommand,
  ListObjectVersionsCommand,
  PutBucketTaggingCommand,
} from "@aws-sdk/client-s3";
import { type Aws, ifPresent, tagList, tagMap } from "../aws";
import { resourceType } from "../resource-type";

/** Deletes every object with its versions and delete markers. */
async function empty(bucket: string, aws: Aws): Promise<void> {
  for (;;) {
    const { Versions = [], DeleteMarkers = [] } = await aws.s3.send(
      new ListObjectVersionsCommand({ Bucket: bucket, MaxKeys: 1000 }),
    );
    const Objects = [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key, VersionId }));
    if (!Objects.length) return;
    const { Errors = [] } = await aws.s3.send(
      new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects, Quiet: true } }),
    );
    const [error] = Errors;
    if (error) throw new Error(`unable to delete object ${error.Key} of bucket ${bucket}: ${error.Message}`);
  }
}

/** Begins again if something is written meanwhile (a last log file), as AWS's provider does. */
async function deleteWithObjects(bucket: string, aws: Aws): Promise<void> {
  await empty(bucket, aws);
  try {
    await aws.s3.send(new DeleteBucketCommand({ Bucket: bucket }));
  } catch (error) {
    if ((error as Error).name !== "BucketNotEmpty") throw error;
    await deleteWithObjects(bucket, aws);
  }
}

/** https://www.pulumi.com/registry/packages/aws/api-docs/s3/bucket/ */
export const bucket = resourceType({
  type: "aws:s3/bucket:Bucket",
  properties: {
    bucket: { kind: "text", named: true, replaces: true },
    forceDestroy: { kind: "flag", default: false },
    tags: { kind: "map" },
  },
  async create(inputs, aws) {
    const LocationConstraint = aws.region as BucketLocationConstraint;
    await aws.s3.send(
      new CreateBucketCommand({
        Bucket: inputs.bucket,
        ...(aws.region !== "us-east-1" && { CreateBucketConfiguration: { LocationConstraint } }),
      }),
    );
    return inputs.bucket;
  },
  async put(id, { tags }, aws) {
    if (tags && Object.keys(tags).length) {
      await aws.s3.send(new PutBucketTaggingCommand({ Bucket: id, Tagging: { TagSet: tagList(tags) } }));
    } else {
      await aws.s3.send(new DeleteBucketTaggingCommand({ Bucket: id }));
    }
  },
  async read(id, _state, aws) {
    if (!(await ifPresent(aws.s3.send(new HeadBucketCommand({ Bucket: id }))))) return undefined;
    const tagging = await ifPresent(aws.s3.send(new GetBucketTaggingCommand({ Bucket: id })));
    const tags = tagMap(tagging?.TagSet);
    return {
      bucket: id,
      tags,
      tagsAll: tags,
      arn: `arn:${aws.partition}:s3:::${id}`,
      bucketDomainName: `${id}.s3.amazonaws.com`,
      bucketRegionalDomainName: `${id}.s3.${aws.region}.amazonaws.com`,
      bucketRegion: aws.region,
    };
  },
  async delete(id, { forceDestroy }, aws) {
    if (!(await ifPresent(aws.s3.send(new HeadBucketCommand({ Bucket: id }))))) return;
    if (forceDestroy === true) await deleteWithObjects(id, aws);
    else await aws.s3.send(new DeleteBucketCommand({ Bucket: id }));
  },
});
