import { ownRoleUsed } from "../../../../handlers/detections/own/own-role-used";
import { account, call, type Cases, service } from "../support/cases";

const role = `arn:aws:iam::${account}:role/cloudtrailer-lambda-role-red`;
const forwardingRole = `arn:aws:iam::${account}:role/cloudtrailer-watch-red`;
const huntingRole = `arn:aws:iam::${account}:role/cloudtrailer-history-red-states`;
const machine = `arn:aws:states:eu-west-1:${account}:stateMachine:cloudtrailer-history-red`;
const context = {
  ownResources: [
    "cloudtrailer-red",
    `arn:aws:lambda:eu-west-1:${account}:function:cloudtrailer-red`,
    "cloudtrailer-lambda-role-red",
    role,
    forwardingRole,
    huntingRole,
    "cloudtrailer-history-red",
    machine,
    `arn:aws:events:eu-west-1:${account}:event-bus/cloudtrailer-watch-red`,
  ],
};

export const cases: Cases = {
  hits: [
    ...ownRoleUsed.events.map((event) => ({
      name: event,
      record: call(event, { name: "other", roleArn: role }),
      context,
    })),
    {
      name: "another function gets the role",
      record: call("lambda:CreateFunction20150331", { functionName: "other", role }),
      context,
      evidence: "requestParameters.role",
    },
    {
      name: "another rule gets the role",
      record: call("events:PutTargets", { rule: "mine", targets: [{ id: "x", roleArn: forwardingRole }] }),
      context,
    },
    {
      name: "another state machine gets the role",
      record: call("states:CreateStateMachine", { name: "mine", roleArn: huntingRole }),
      context,
      evidence: "requestParameters.roleArn",
    },
    {
      name: "another service than its own assumes it",
      record: call(
        "sts:AssumeRole",
        { roleArn: role, roleSessionName: "i-0123456789abcdef0" },
        { userIdentity: service("ec2.amazonaws.com") },
      ),
      context,
    },
  ],
  quiet: [
    ...ownRoleUsed.events.map((event) => ({
      name: `${event} with another role`,
      record: call(event, { name: "other", roleArn: `${role}-2` }),
      context,
    })),
    {
      name: "Lambda assumes it for the function",
      record: call(
        "sts:AssumeRole",
        { roleArn: role, roleSessionName: "cloudtrailer-red" },
        { userIdentity: service("lambda.amazonaws.com") },
      ),
      context,
    },
    {
      name: "a deployment lets its own rule forward events with it, which another detection reports",
      record: call("events:PutTargets", {
        rule: "cloudtrailer-watch-red.role-away",
        targets: [{ id: "home", roleArn: forwardingRole }],
      }),
      context,
    },
    {
      name: "EventBridge assumes the other role, to forward events",
      record: call(
        "sts:AssumeRole",
        { roleArn: forwardingRole, roleSessionName: "cloudtrailer" },
        { userIdentity: service("events.amazonaws.com") },
      ),
      context,
    },
    {
      name: "Step Functions assumes the role of hunts",
      record: call(
        "sts:AssumeRole",
        { roleArn: huntingRole, roleSessionName: "hunt" },
        { userIdentity: service("states.amazonaws.com") },
      ),
      context,
    },
    {
      name: "a deployment creates the state machine of hunts with it",
      record: call("states:CreateStateMachine", { name: "cloudtrailer-history-red", roleArn: huntingRole }),
      context,
    },
    {
      name: "a deployment updates it, which another detection reports",
      record: call("states:UpdateStateMachine", { stateMachineArn: machine, roleArn: huntingRole }),
      context,
    },
    {
      name: "the function's own configuration, which another detection judges",
      record: call("lambda:UpdateFunctionConfiguration20150331v2", {
        functionName: "cloudtrailer-red",
        role,
      }),
      context,
    },
  ],
};
