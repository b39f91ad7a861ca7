import { openingsOf, statementsOf } from "../../../handlers/detections/readers/policy";
import { type Fields, fieldsOf, listOf } from "../../../handlers/json";
import { defaultSettings } from "../../../handlers/settings";
import { account, awsError, region } from "../factories";
import { copy, type Operation, reading, type Service, there } from "./operation";

/** What a bucket has besides its objects, by the operation that reads it. */
type Bucket = Map<string, Fields>;

/** The owner's canonical user. */
export const owner = { ID: "0a".repeat(32) };

const ownersGrant = { Grantee: { Type: "CanonicalUser", ID: owner.ID }, Permission: "FULL_CONTROL" };
const group = (name: string) => ({
  Type: "Group",
  URI: `http://acs.amazonaws.com/groups/global/${name}`,
});
const canned: Record<string, object[]> = {
  private: [],
  "public-read": [{ Grantee: group("AllUsers"), Permission: "READ" }],
};

/** What of a bucket is set as a whole: its name in operations, in the input, in the answer, and without it. */
interface Part {
  operation: string;
  member: string;
  eventName: string;
  deletes?: { operation: string; eventName: string };
  absent?: string;
  /** As S3 writes it into records: XML, in which a list is one item or several. */
  written(value: Fields): unknown;
}

const rules = ({ Rules, ...rest }: Fields) => ({
  ...rest,
  Rule: listOf(Rules).length === 1 ? listOf(Rules)[0] : Rules,
});

const parts: Part[] = [
  {
    operation: "PublicAccessBlock",
    member: "PublicAccessBlockConfiguration",
    eventName: "PutBucketPublicAccessBlock",
    deletes: { operation: "DeletePublicAccessBlock", eventName: "DeleteBucketPublicAccessBlock" },
    absent: "NoSuchPublicAccessBlockConfiguration",
    written: (value) => value,
  },
  {
    operation: "BucketVersioning",
    member: "VersioningConfiguration",
    eventName: "PutBucketVersioning",
    written: (value) => value,
  },
  {
    operation: "BucketEncryption",
    member: "ServerSideEncryptionConfiguration",
    eventName: "PutBucketEncryption",
    deletes: { operation: "DeleteBucketEncryption", eventName: "DeleteBucketEncryption" },
    absent: "ServerSideEncryptionConfigurationNotFoundError",
    written: rules,
  },
  {
    operation: "BucketReplication",
    member: "ReplicationConfiguration",
    eventName: "PutBucketReplication",
    deletes: { operation: "DeleteBucketReplication", eventName: "DeleteBucketReplication" },
    absent: "ReplicationConfigurationNotFoundError",
    written: rules,
  },
  {
    operation: "BucketLifecycleConfiguration",
    member: "LifecycleConfiguration",
    eventName: "PutBucketLifecycle",
    deletes: { operation: "DeleteBucketLifecycle", eventName: "DeleteBucketLifecycle" },
    absent: "NoSuchLifecycleConfiguration",
    written: rules,
  },
  {
    operation: "BucketLogging",
    member: "BucketLoggingStatus",
    eventName: "PutBucketLogging",
    written: (value) => value,
  },
];

/** Parts whose answer is the configuration itself. */
const bare = ["BucketVersioning", "BucketLifecycleConfiguration", "BucketLogging"];

/** Buckets, with their policies, ACLs and what else is set of them. */
export function s3(): Service {
  const buckets = new Map<string, Bucket>();
  const of = (input: Fields) => there(buckets, input.Bucket, "NoSuchBucket");
  const blocks = (bucket: Bucket, flag: string) => bucket.get("PublicAccessBlock")?.[flag] === true;

  const operationsOf = ({ operation, member, eventName, deletes, absent, written }: Part) => {
    const operations: Record<string, Operation> = {
      [`Get${operation}`]: reading((input) => {
        const value = of(input).get(operation);
        if (value === undefined && absent !== undefined) throw awsError(absent);
        return bare.includes(operation) ? copy(value ?? {}) : { [member]: copy(value) };
      }),
      [`Put${operation}`]: {
        run(input) {
          of(input).set(operation, copy(fieldsOf(input[member])));
          return {};
        },
        recorded: {
          eventName,
          requestParameters: (input) => ({
            bucketName: input.Bucket,
            [member]: written(fieldsOf(input[member])),
          }),
        },
      },
    };
    if (deletes !== undefined)
      operations[deletes.operation] = {
        run(input) {
          of(input).delete(operation);
          return {};
        },
        recorded: {
          eventName: deletes.eventName,
          requestParameters: (input) => ({ bucketName: input.Bucket }),
        },
      };
    return operations;
  };

  const isPublic = (policy: unknown) =>
    openingsOf(statementsOf(policy), { ...defaultSettings.context, account }).some(
      ({ to }) => to === "everyone",
    );

  return {
    // A block that blocks nothing is none.
    state: () =>
      [...buckets].map(([name, bucket]) => [
        name,
        Object.fromEntries(
          [...bucket]
            .filter(([part, value]) => part !== "PublicAccessBlock" || Object.values(value).includes(true))
            .sort(),
        ),
      ]) as unknown,
    operations: {
      ...Object.assign({}, ...parts.map(operationsOf)),
      ListBuckets: reading(() => ({
        Buckets: [...buckets.keys()].map((Name) => ({ Name, BucketRegion: region })),
      })),
      CreateBucket: {
        run({ Bucket }) {
          buckets.set(String(Bucket), new Map([["Acl", { Grants: [ownersGrant] }]]));
          return {};
        },
      },
      GetBucketPolicy: reading((input) => {
        const policy = of(input).get("Policy");
        if (policy === undefined) throw awsError("NoSuchBucketPolicy");
        return copy(policy);
      }),
      PutBucketPolicy: {
        run(input) {
          if (blocks(of(input), "BlockPublicPolicy") && isPublic(input.Policy))
            throw awsError("AccessDenied");
          of(input).set("Policy", { Policy: input.Policy });
          return {};
        },
        recorded: {
          requestParameters: ({ Bucket, Policy }) => ({
            bucketName: Bucket,
            policy: "",
            bucketPolicy: JSON.parse(String(Policy)) as unknown,
          }),
        },
      },
      DeleteBucketPolicy: {
        run(input) {
          of(input).delete("Policy");
          return {};
        },
        recorded: { requestParameters: ({ Bucket }) => ({ bucketName: Bucket, policy: "" }) },
      },
      GetBucketAcl: reading((input) => ({ Owner: owner, ...copy(of(input).get("Acl") ?? {}) })),
      PutBucketAcl: {
        run(input) {
          const { ACL, AccessControlPolicy } = input;
          const Grants =
            ACL === undefined
              ? listOf(fieldsOf(AccessControlPolicy).Grants)
              : [ownersGrant, ...(canned[String(ACL)] ?? [])];
          if (blocks(of(input), "BlockPublicAcls") && JSON.stringify(Grants).includes("/global/"))
            throw awsError("AccessDenied");
          of(input).set("Acl", { Grants: copy(Grants) });
          return {};
        },
        recorded: {
          requestParameters: ({ Bucket, ACL }) => ({ bucketName: Bucket, acl: "", "x-amz-acl": [ACL] }),
        },
      },
    },
  };
}
