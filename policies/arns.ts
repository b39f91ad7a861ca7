import type { Place } from "./document";

// The ARNs of the stack's resources. They follow from the names, so that a policy can name a trail that does not exist yet:
// the policies of the bucket and the topic must exist before the trail. A part that may be in another account or region, an
// existing trail or topic, is named by its ARN.

const isArn = (name: string) => name.startsWith("arn:");

/** `arn:aws:cloudtrail:us-west-2:111122223333:trail/<name>` */
export function trailArn({ partition, region, account }: Place, name: string): string {
  return isArn(name) ? name : `arn:${partition}:cloudtrail:${region}:${account}:trail/${name}`;
}

/** `arn:aws:s3:::<name>` */
export function bucketArn({ partition }: Place, name: string): string {
  return `arn:${partition}:s3:::${name}`;
}

/** `arn:aws:sns:us-west-2:111122223333:<name>` */
export function topicArn({ partition, region, account }: Place, name: string): string {
  return isArn(name) ? name : `arn:${partition}:sns:${region}:${account}:${name}`;
}

/** `arn:aws:sqs:us-west-2:111122223333:<name>` */
export function queueArn({ partition, region, account }: Place, name: string): string {
  return `arn:${partition}:sqs:${region}:${account}:${name}`;
}

/** `arn:aws:iam::111122223333:role/<name>` */
export function roleArn({ partition, account }: Place, name: string): string {
  return `arn:${partition}:iam::${account}:role/${name}`;
}

/** `arn:aws:iam::111122223333:policy/<name>` */
export function policyArn({ partition, account }: Place, name: string): string {
  return `arn:${partition}:iam::${account}:policy/${name}`;
}

/** Any session of a role: `arn:aws:sts::111122223333:assumed-role/<name>/*` */
export function sessionArn({ partition, account }: Place, name: string): string {
  return `arn:${partition}:sts::${account}:assumed-role/${name}/*`;
}

/** `arn:aws:lambda:us-west-2:111122223333:function:<name>` */
export function functionArn({ partition, region, account }: Place, name: string): string {
  return `arn:${partition}:lambda:${region}:${account}:function:${name}`;
}

/** `arn:aws:dynamodb:us-west-2:111122223333:table/<name>` */
export function tableArn({ partition, region, account }: Place, name: string): string {
  return `arn:${partition}:dynamodb:${region}:${account}:table/${name}`;
}

/** `arn:aws:events:us-west-2:111122223333:rule/<name>` */
export function ruleArn({ partition, region, account }: Place, name: string): string {
  return `arn:${partition}:events:${region}:${account}:rule/${name}`;
}

/** `arn:aws:logs:us-west-2:111122223333:log-group:<name>` */
export function logGroupArn({ partition, region, account }: Place, name: string): string {
  return `arn:${partition}:logs:${region}:${account}:log-group:${name}`;
}

/** `arn:aws:events:us-west-2:111122223333:event-bus/<name>` */
export function busArn({ partition, region, account }: Place, name: string): string {
  return `arn:${partition}:events:${region}:${account}:event-bus/${name}`;
}

/** The product of Security Hub under which an account imports findings of its own. */
export function ownProductArn({ partition, region, account }: Place): string {
  return `arn:${partition}:securityhub:${region}:${account}:product/${account}/default`;
}

/** `arn:aws:events:us-west-2:111122223333:rule/<bus>/<name>` */
export function ruleOnBusArn(place: Place, bus: string, name: string): string {
  return ruleArn(place, `${bus}/${name}`);
}

/** Any connection or API destination, by the beginning of its name: `arn:aws:events:us-west-2:111122223333:connection/<name>/<uuid>` */
export function senderArn(
  { partition, region, account }: Place,
  type: "connection" | "api-destination",
  start: string,
): string {
  return `arn:${partition}:events:${region}:${account}:${type}/${start}*`;
}

/** `arn:aws:cloudwatch:us-west-2:111122223333:alarm:<name>` */
export function alarmArn({ partition, region, account }: Place, name: string): string {
  return `arn:${partition}:cloudwatch:${region}:${account}:alarm:${name}`;
}

/** `arn:aws:cloudformation:us-west-2:111122223333:stack/<name>`, to which AWS appends an ID. */
export function stackArn({ partition, region, account }: Place, name: string): string {
  return `arn:${partition}:cloudformation:${region}:${account}:stack/${name}`;
}

/** `arn:aws:states:us-west-2:111122223333:stateMachine:<name>` */
export function stateMachineArn({ partition, region, account }: Place, name: string): string {
  return `arn:${partition}:states:${region}:${account}:stateMachine:${name}`;
}

/** The beginning of the ARNs of a state machine's executions: `arn:aws:states:us-west-2:111122223333:execution:<name>` */
export function executionArn({ partition, region, account }: Place, name: string): string {
  return `arn:${partition}:states:${region}:${account}:execution:${name}`;
}
