import {
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  GetTemplateCommand,
  type Stack,
  UpdateStackCommand,
} from "@aws-sdk/client-cloudformation";
import { setTimeout as pause } from "node:timers/promises";
import type { Aws } from "./aws";
import { jsonText } from "./property";
import { resourceType } from "./resource-type";

/** The stack; undefined if there is none, or none any more. AWS says so by a ValidationError. */
async function stackOf(StackName: string, { cloudformation }: Aws): Promise<Stack | undefined> {
  try {
    const { Stacks = [] } = await cloudformation.send(new DescribeStacksCommand({ StackName }));
    return Stacks.find(({ StackStatus }) => StackStatus !== "DELETE_COMPLETE");
  } catch (error) {
    if ((error as Error).message.includes("does not exist")) return undefined;
    throw error;
  }
}

/** Waits for a stack to be as it was asked to be. @throws Error with what went wrong in it */
async function settled(name: string, aws: Aws): Promise<void> {
  for (;;) {
    const stack = await stackOf(name, aws);
    const status = stack?.StackStatus ?? "";
    if (!status.endsWith("_IN_PROGRESS")) {
      if (/^(?:CREATE|UPDATE)_COMPLETE$/.test(status)) return;
      const { StackEvents = [] } = await aws.cloudformation.send(
        new DescribeStackEventsCommand({ StackName: stack?.StackId ?? name }),
      );
      const reasons = StackEvents.filter(({ ResourceStatus }) => /_FAILED$/.test(ResourceStatus ?? "")).map(
        ({ LogicalResourceId, ResourceStatusReason }) => `${LogicalResourceId}: ${ResourceStatusReason}`,
      );
      throw new Error(`the stack ${name} is ${status || "gone"}: ${reasons.join("; ")}`);
    }
    await pause(100);
  }
}

/** https://www.pulumi.com/registry/packages/aws/api-docs/cloudformation/stack/ */
export const stack = resourceType({
  type: "aws:cloudformation/stack:Stack",
  properties: {
    name: { kind: "text", named: true, replaces: true },
    templateBody: { kind: "json", required: true },
  },
  async create({ name, templateBody }, aws) {
    const { StackId } = await aws.cloudformation.send(
      new CreateStackCommand({ StackName: name, TemplateBody: jsonText(templateBody), OnFailure: "DELETE" }),
    );
    await settled(name, aws);
    if (StackId === undefined) throw new Error(`CreateStack of ${name} answered without StackId`);
    return StackId;
  },
  async put(id, { name, templateBody }, aws, olds) {
    if (!olds) return;
    await aws.cloudformation.send(
      new UpdateStackCommand({ StackName: id, TemplateBody: jsonText(templateBody) }),
    );
    await settled(name, aws);
  },
  async read(id, _state, aws) {
    const live = await stackOf(id, aws);
    if (live === undefined) return undefined;
    const { TemplateBody } = await aws.cloudformation.send(new GetTemplateCommand({ StackName: id }));
    return { name: live.StackName, templateBody: TemplateBody };
  },
  async delete(id, _state, aws) {
    if ((await stackOf(id, aws)) === undefined) return;
    await aws.cloudformation.send(new DeleteStackCommand({ StackName: id }));
    while ((await stackOf(id, aws)) !== undefined) await pause(100);
  },
});
