import {
  AddTagsCommand,
  type AdvancedEventSelector,
  type EventSelector,
  CreateTrailCommand,
  DeleteTrailCommand,
  GetTrailCommand,
  GetTrailStatusCommand,
  ListTagsCommand,
  PutEventSelectorsCommand,
  RemoveTagsCommand,
  StartLoggingCommand,
  StopLoggingCommand,
  UpdateTrailCommand,
} from "@aws-sdk/client-cloudtrail";
import { ifPresent, tagChanges, tagList, tagMap } from "./aws";
import type { InputsOf } from "./property";
import { resourceType } from "./resource-type";

const properties = {
  name: { kind: "text", named: true, replaces: true },
  s3BucketName: { kind: "text", required: true },
  s3KeyPrefix: { kind: "text" },
  snsTopicName: { kind: "text" },
  enableLogFileValidation: { kind: "flag", default: false },
  enableLogging: { kind: "flag", default: true },
  includeGlobalServiceEvents: { kind: "flag", default: true },
  isMultiRegionTrail: { kind: "flag", default: false },
  kmsKeyId: { kind: "text" },
  isOrganizationTrail: { kind: "flag", default: false },
  advancedEventSelectors: {
    kind: "objects",
    of: {
      name: { kind: "text" },
      fieldSelectors: {
        kind: "objects",
        of: {
          field: { kind: "text", required: true },
          equals: { kind: "texts" },
          startsWith: { kind: "texts" },
          notStartsWith: { kind: "texts" },
        },
      },
    },
  },
  tags: { kind: "map" },
} as const;

type Selectors = NonNullable<InputsOf<typeof properties>["advancedEventSelectors"]>;

/** In the form of AWS's API. */
function selectors(given: Selectors): AdvancedEventSelector[] {
  return given.map(({ name, fieldSelectors = [] }) => ({
    Name: name,
    FieldSelectors: fieldSelectors.map(({ field, equals, startsWith, notStartsWith }) => ({
      Field: field,
      Equals: equals,
      StartsWith: startsWith,
      NotStartsWith: notStartsWith,
    })),
  }));
}

/** A trail without selectors of its own records all management events. */
const allManagementEvents: EventSelector[] = [{ ReadWriteType: "All", IncludeManagementEvents: true }];

function settings(inputs: InputsOf<typeof properties>) {
  return {
    Name: inputs.name,
    S3BucketName: inputs.s3BucketName,
    S3KeyPrefix: inputs.s3KeyPrefix,
    SnsTopicName: inputs.snsTopicName,
    EnableLogFileValidation: inputs.enableLogFileValidation ?? false,
    IncludeGlobalServiceEvents: inputs.includeGlobalServiceEvents ?? true,
    IsMultiRegionTrail: inputs.isMultiRegionTrail ?? false,
    KmsKeyId: inputs.kmsKeyId,
    IsOrganizationTrail: inputs.isOrganizationTrail ?? false,
  };
}

/** https://www.pulumi.com/registry/packages/aws/api-docs/cloudtrail/trail/ */
export const trail = resourceType({
  type: "aws:cloudtrail/trail:Trail",
  properties,
  async create(inputs, aws) {
    const { TrailARN } = await aws.cloudtrail.send(new CreateTrailCommand(settings(inputs)));
    if (!TrailARN) throw new Error(`CreateTrail of ${inputs.name} answered without TrailARN`);
    return TrailARN;
  },
  async put(id, inputs, aws, olds) {
    if (olds) await aws.cloudtrail.send(new UpdateTrailCommand(settings(inputs)));
    const tags = tagChanges(olds?.tags, inputs.tags);
    if (tags.removed.length) {
      const TagsList = tags.removed.map((Key) => ({ Key }));
      await aws.cloudtrail.send(new RemoveTagsCommand({ ResourceId: id, TagsList }));
    }
    await aws.cloudtrail.send(new AddTagsCommand({ ResourceId: id, TagsList: tagList(tags.set) }));
    const advanced = inputs.advancedEventSelectors ?? [];
    if (advanced.length > 0)
      await aws.cloudtrail.send(
        new PutEventSelectorsCommand({ TrailName: inputs.name, AdvancedEventSelectors: selectors(advanced) }),
      );
    else if (Array.isArray(olds?.advancedEventSelectors) && olds.advancedEventSelectors.length > 0)
      await aws.cloudtrail.send(
        new PutEventSelectorsCommand({ TrailName: inputs.name, EventSelectors: allManagementEvents }),
      );
    const Logging = inputs.enableLogging === false ? StopLoggingCommand : StartLoggingCommand;
    await aws.cloudtrail.send(new Logging({ Name: inputs.name }));
  },
  async read(id, _state, aws) {
    const answer = await ifPresent(aws.cloudtrail.send(new GetTrailCommand({ Name: id })));
    if (!answer?.Trail) return undefined;
    const { Trail } = answer;
    const { IsLogging } = await aws.cloudtrail.send(new GetTrailStatusCommand({ Name: id }));
    const { ResourceTagList } = await aws.cloudtrail.send(new ListTagsCommand({ ResourceIdList: [id] }));
    const tags = tagMap(ResourceTagList?.[0]?.TagsList);
    return {
      name: Trail.Name,
      s3BucketName: Trail.S3BucketName,
      s3KeyPrefix: Trail.S3KeyPrefix,
      snsTopicArn: Trail.SnsTopicARN,
      enableLogFileValidation: Trail.LogFileValidationEnabled,
      enableLogging: IsLogging,
      includeGlobalServiceEvents: Trail.IncludeGlobalServiceEvents,
      isMultiRegionTrail: Trail.IsMultiRegionTrail,
      kmsKeyId: Trail.KmsKeyId,
      isOrganizationTrail: Trail.IsOrganizationTrail,
      tags,
      tagsAll: tags,
      arn: id,
      homeRegion: Trail.HomeRegion,
    };
  },
  async delete(id, _state, aws) {
    await ifPresent(aws.cloudtrail.send(new DeleteTrailCommand({ Name: id })));
  },
});
