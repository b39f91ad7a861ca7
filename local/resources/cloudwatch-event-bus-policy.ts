import {
  DescribeEventBusCommand,
  PutPermissionCommand,
  RemovePermissionCommand,
} from "@aws-sdk/client-eventbridge";
import { type Aws, ifPresent } from "./aws";
import { jsonText } from "./property";
import { resourceType } from "./resource-type";

const putPolicy = (EventBusName: string, policy: unknown, aws: Aws) =>
  aws.events.send(new PutPermissionCommand({ EventBusName, Policy: jsonText(policy) }));

/** https://www.pulumi.com/registry/packages/aws/api-docs/cloudwatch/eventbuspolicy/ */
export const eventBusPolicy = resourceType({
  type: "aws:cloudwatch/eventBusPolicy:EventBusPolicy",
  properties: {
    eventBusName: { kind: "text", required: true, replaces: true },
    policy: { kind: "json", required: true },
  },
  async create({ eventBusName, policy }, aws) {
    await putPolicy(eventBusName, policy, aws);
    return eventBusName;
  },
  async put(id, { policy }, aws, olds) {
    if (olds) await putPolicy(id, policy, aws);
  },
  async read(id, _state, aws) {
    const live = await ifPresent(aws.events.send(new DescribeEventBusCommand({ Name: id })));
    return live?.Policy === undefined ? undefined : { eventBusName: id, policy: live.Policy };
  },
  async delete(id, _state, aws) {
    await ifPresent(
      aws.events.send(new RemovePermissionCommand({ EventBusName: id, RemoveAllPermissions: true })),
    );
  },
});
