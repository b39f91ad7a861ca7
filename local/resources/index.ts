import { stack } from "./cloudformation-stack";
import { stackSet, stackSetInstance } from "./cloudformation-stack-set";
import { namedQuery, workgroup } from "./athena";
import { trail } from "./cloudtrail-trail";
import { logGroup } from "./cloudwatch-log-group";
import { tableResourcePolicy } from "./dynamodb-resource-policy";
import { table } from "./dynamodb-table";
import { eventBusPolicy } from "./cloudwatch-event-bus-policy";
import { eventBus, eventRule, eventTarget } from "./cloudwatch-event-rule";
import { dashboard } from "./cloudwatch-dashboard";
import { eventApiDestination, eventConnection } from "./cloudwatch-event-destination";
import { metricAlarm } from "./cloudwatch-metric-alarm";
import { catalogDatabase, catalogTable } from "./glue";
import { policy } from "./iam/policy";
import { role } from "./iam/role";
import { rolePolicy } from "./iam/role-policy";
import { rolePolicyAttachment } from "./iam/role-policy-attachment";
import { lambdaFunction } from "./lambda/function";
import { functionEventInvokeConfig } from "./lambda/function-event-invoke-config";
import { invocation } from "./lambda/invocation";
import { permission } from "./lambda/permission";
import type { ResourceType } from "./resource-type";
import { bucket } from "./s3/bucket";
import {
  bucketLifecycleConfiguration,
  bucketOwnershipControls,
  bucketPolicy,
  bucketPublicAccessBlock,
  bucketServerSideEncryptionConfiguration,
  bucketVersioning,
} from "./s3/bucket-settings";
import { stateMachine } from "./sfn-state-machine";
import { topic } from "./sns/topic";
import { topicPolicy } from "./sns/topic-policy";
import { topicSubscription } from "./sns/topic-subscription";
import { queue, queuePolicy } from "./sqs";

const all: readonly ResourceType[] = [
  bucket,
  bucketLifecycleConfiguration,
  bucketOwnershipControls,
  bucketPolicy,
  bucketPublicAccessBlock,
  bucketServerSideEncryptionConfiguration,
  bucketVersioning,
  catalogDatabase,
  catalogTable,
  dashboard,
  eventApiDestination,
  eventBus,
  eventBusPolicy,
  eventConnection,
  eventRule,
  eventTarget,
  functionEventInvokeConfig,
  invocation,
  lambdaFunction,
  logGroup,
  metricAlarm,
  namedQuery,
  permission,
  policy,
  queue,
  queuePolicy,
  role,
  rolePolicy,
  rolePolicyAttachment,
  stack,
  stackSet,
  stackSetInstance,
  stateMachine,
  table,
  tableResourcePolicy,
  topic,
  topicPolicy,
  topicSubscription,
  trail,
  workgroup,
];

/** Every resource type that is supported on this machine, by Pulumi's type token. */
export const resourceTypes: ReadonlyMap<string, ResourceType> = new Map(all.map((each) => [each.type, each]));

/** @throws Error if the type is not supported on this machine; nothing is skipped */
export function resourceTypeOf(token: string): ResourceType {
  const type = resourceTypes.get(token);
  if (type) return type;
  throw new Error(
    `Resource type ${token} is not supported on this machine; supported: ${[...resourceTypes.keys()].join(", ")}. ` +
      `Add it to local/resources/, beside these.`,
  );
}
