import { createHash } from "node:crypto";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { KeepBaselines } from "../handlers/baselines/event";
import type { DueFixes } from "../handlers/findings/delays";
import { findingsByDay } from "../handlers/findings/store";
import { createCallback, type Handler } from "../handlers/index";
import type { PatternRule } from "../handlers/rules/pattern-rule";
import type { Rule } from "../handlers/rules/rule";
import {
  type DetectorPolicyArgs,
  detectorPolicies,
  detectorTrust,
  managedPolicyName,
} from "../policies/detector-role";
import { type Place, widestPlace } from "../policies/document";
import type { Grant } from "../policies/own-scopes";
import { tablePolicy } from "../policies/table";
import manifest from "../package.json";
import { withLinkedText } from "./linked-text";
import { environmentOf } from "./settings";
import { runtime } from "./runtime";

export interface DetectorArgs {
  /** Where the stack is. */
  place: pulumi.Output<Place>;
  /** The system's own parts, by name. */
  names: Omit<
    DetectorPolicyArgs,
    "place" | "actions" | "ownGrants" | "selfCheckActions" | "selfCheckLists"
  > & {
    executionPolicy: string;
  };
  /** IAM actions of the enabled remediations. */
  actions: string[];
  /** What the fixes of the team's own rules need. */
  ownGrants: Grant[];
  /** The team's own rules, which are deployed with the catalogue. */
  rules: Rule[];
  /** Rules of the stack's configuration. */
  patterns: PatternRule[];
  /** IAM actions with which the function reads the stack's own parts. */
  selfCheckActions: string[];
  /** More actions for that, which IAM grants on everything or not at all. */
  selfCheckLists: string[];
  /** The stack's configuration, as text: a deployment that changes it is recorded for the self-check. */
  declaration: string;
  /** The topic for CloudTrail's notifications; an ARN if the stack did not create it. */
  notifications: aws.sns.Topic | string;
  /** The topic for records that EventBridge sends; undefined if log files alone bring them. */
  events: aws.sns.Topic | undefined;
  /** The function's settings, as text for its environment. */
  settings: pulumi.Input<string>;
  /** How long the function's log is kept, in days; 0: forever. */
  logGroupDays: number;
  /** Memory of the function, in MB. */
  memoryMegabytes: number;
  /** How long one notification may take, in seconds. */
  timeoutSeconds: number;
  /** Reserved concurrency; -1: as the account allows. */
  reservedConcurrency: number;
}

/** How long SQS keeps a notification that could not be processed, in seconds: 14 days, the maximum. */
const failureSeconds = 1_209_600;

/** How long Lambda retries a notification, in seconds: 6 hours, the maximum, to survive a short outage of AWS. */
const retrySeconds = 21_600;

/** The callback factory with a team's own rules, which are serialized into it. */
export function callbackWith(rules: Rule[], patterns: PatternRule[]): () => Handler {
  return () => createCallback(rules, patterns);
}

/** The function that reads, detects, fixes and alerts, with its role, its table, its log and its failure queue. */
export class Detector extends pulumi.ComponentResource {
  readonly role: aws.iam.Role;
  readonly table: aws.dynamodb.Table;
  readonly failureQueue: aws.sqs.Queue;
  readonly logGroup: aws.cloudwatch.LogGroup;
  readonly function: aws.lambda.Function;
  /** Everything created here, in order of creation. */
  readonly parts: pulumi.Resource[];
  /** The text of the function. */
  private code!: pulumi.Output<string>;

  constructor(
    private readonly name: string,
    private readonly args: DetectorArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("cloudtrailer:index:Detector", name, {}, opts);
    this.logGroup = this.createLogGroup();
    this.table = this.createTable();
    const writers = this.createTablePolicy();
    this.failureQueue = this.createFailureQueue();
    this.role = this.createRole();
    const permissions = [writers, this.createExecutionPolicy(), ...this.attachManagedPolicies()];
    this.function = this.createFunction(permissions);
    const failures = this.keepFailures(permissions);
    const subscriptions = this.subscribe();
    this.parts = [
      this.logGroup,
      this.table,
      this.failureQueue,
      this.role,
      ...permissions,
      this.function,
      failures,
      ...subscriptions,
      ...this.keepBaselines(),
      ...this.makeDueFixes(),
    ];
    this.registerOutputs({ functionArn: this.function.arn, roleArn: this.role.arn, table: this.table.name });
  }

  private createLogGroup() {
    // Lambda would create it without a retention, and `pulumi destroy` would leave it behind.
    return new aws.cloudwatch.LogGroup(
      `${this.name}-log`,
      { name: this.args.names.logGroup, retentionInDays: this.args.logGroupDays },
      { parent: this },
    );
  }

  private createTable() {
    return new aws.dynamodb.Table(
      `${this.name}-findings`,
      {
        name: this.args.names.table,
        billingMode: "PAY_PER_REQUEST",
        hashKey: "id",
        attributes: ["id", findingsByDay.hashKey, findingsByDay.rangeKey].map((name) => ({
          name,
          type: "S",
        })),
        globalSecondaryIndexes: [
          {
            name: findingsByDay.name,
            keySchemas: [
              { attributeName: findingsByDay.hashKey, keyType: "HASH" },
              { attributeName: findingsByDay.rangeKey, keyType: "RANGE" },
            ],
            projectionType: "INCLUDE",
            nonKeyAttributes: [...findingsByDay.projected],
          },
        ],
        ttl: { attributeName: "expiresAt", enabled: true },
        pointInTimeRecovery: { enabled: true },
        deletionProtectionEnabled: false,
      },
      { parent: this },
    );
  }

  private createTablePolicy() {
    const { table, role } = this.args.names;
    return new aws.dynamodb.ResourcePolicy(
      `${this.name}-findings-policy`,
      {
        resourceArn: this.table.arn,
        policy: this.args.place.apply((place) => JSON.stringify(tablePolicy({ place, table, role }))),
      },
      { parent: this },
    );
  }

  private createFailureQueue() {
    return new aws.sqs.Queue(
      `${this.name}-failures`,
      {
        name: this.args.names.queue,
        messageRetentionSeconds: failureSeconds,
        sqsManagedSseEnabled: true,
      },
      { parent: this },
    );
  }

  private createRole() {
    return new aws.iam.Role(
      `${this.name}-role`,
      { name: this.args.names.role, assumeRolePolicy: JSON.stringify(detectorTrust()) },
      { parent: this },
    );
  }

  private createExecutionPolicy() {
    return new aws.iam.RolePolicy(
      `${this.name}-execution-policy`,
      {
        name: this.args.names.executionPolicy,
        role: this.role.name,
        policy: this.policies().apply(({ inline }) => JSON.stringify(inline)),
      },
      { parent: this },
    );
  }

  /** What does not fit into the inline policy. */
  private attachManagedPolicies() {
    const { managed } = detectorPolicies(this.policyArgs(widestPlace));
    return managed.map((_, index) => {
      const policy = new aws.iam.Policy(
        `${this.name}-remediations-${index + 1}`,
        {
          name: managedPolicyName(this.args.names.role, index),
          policy: this.policies().apply((policies) => JSON.stringify(policies.managed[index])),
        },
        { parent: this },
      );
      return new aws.iam.RolePolicyAttachment(
        `${this.name}-remediations-${index + 1}`,
        { role: this.role.name, policyArn: policy.arn },
        { parent: this },
      );
    });
  }

  private policies() {
    return this.args.place.apply((place) => detectorPolicies(this.policyArgs(place)));
  }

  private policyArgs(place: Place): DetectorPolicyArgs {
    const { names, actions, ownGrants, selfCheckActions, selfCheckLists } = this.args;
    return { place, actions, ownGrants, selfCheckActions, selfCheckLists, ...names };
  }

  private createFunction(permissions: pulumi.Resource[]) {
    return new aws.lambda.CallbackFunction(
      this.name,
      {
        name: this.args.names.detector,
        description: "Finds and fixes security problems in CloudTrail's log files",
        callbackFactory: callbackWith(this.args.rules, this.args.patterns),
        role: this.role.arn,
        runtime,
        memorySize: this.args.memoryMegabytes,
        timeout: this.args.timeoutSeconds,
        reservedConcurrentExecutions: this.args.reservedConcurrency,
        environment: { variables: pulumi.output(this.args.settings).apply(environmentOf) },
        // Lambda provides the AWS SDK; no other package of this project runs there.
        codePathOptions: { extraExcludePackages: Object.keys(manifest.dependencies) },
      },
      {
        parent: this,
        dependsOn: [this.logGroup, this.table, ...permissions],
        transformations: [withLinkedText, (resource) => this.noteCode(resource)],
      },
    );
  }

  /** Keeps the deployed text: an output of the function would be known only after deployment. */
  private noteCode({ props, opts }: pulumi.ResourceTransformationArgs) {
    const { code } = props as { code: pulumi.Output<pulumi.asset.AssetArchive> };
    this.code = code.apply(async (archive) => {
      const { "__index.js": index } = (await archive.assets) as Record<string, pulumi.asset.StringAsset>;
      if (index === undefined) throw new Error("expected the callback's text as __index.js, found none");
      return index.text;
    });
    return { props, opts };
  }

  private keepFailures(permissions: pulumi.Resource[]) {
    return new aws.lambda.FunctionEventInvokeConfig(
      `${this.name}-failures`,
      {
        functionName: this.function.name,
        maximumRetryAttempts: 2,
        maximumEventAgeInSeconds: retrySeconds,
        destinationConfig: { onFailure: { destination: this.failureQueue.arn } },
      },
      // Lambda rejects a destination that the role may not write to.
      { parent: this, dependsOn: permissions },
    );
  }

  /** Lambda throttles every invocation of a function without concurrency, which would fail the deployment. */
  private get isStopped() {
    return this.args.reservedConcurrency === 0;
  }

  /** Makes the function check the stack's own parts, and keep baselines, every hour and after each deployment. */
  private keepBaselines(): pulumi.Resource[] {
    return this.schedule("baselines", {
      name: this.args.names.schedule,
      description:
        "Makes cloudtrailer check its own parts, and take snapshots of what it may have to restore",
      every: "1 hour",
      input: keepBaselines("schedule"),
    });
  }

  /** Makes the function look every minute for fixes that are due, if fixes are delayed. */
  private makeDueFixes(): pulumi.Resource[] {
    const { dueFixes } = this.args.names;
    if (dueFixes === undefined) return [];
    return this.schedule("due-fixes", {
      name: dueFixes,
      description: "Makes cloudtrailer make the delayed fixes that are due",
      every: "1 minute",
      input: JSON.stringify({ cloudtrailer: "due-fixes" } satisfies DueFixes),
    });
  }

  private schedule(
    part: string,
    { name: ruleName, description, every, input }: Record<"name" | "description" | "every" | "input", string>,
  ): pulumi.Resource[] {
    const name = `${this.name}-${part}`;
    const rule = new aws.cloudwatch.EventRule(
      name,
      { name: ruleName, description, scheduleExpression: `rate(${every})` },
      { parent: this },
    );
    const permission = new aws.lambda.Permission(
      name,
      {
        action: "lambda:InvokeFunction",
        function: this.function.name,
        principal: "events.amazonaws.com",
        sourceArn: rule.arn,
      },
      { parent: this },
    );
    const target = new aws.cloudwatch.EventTarget(
      name,
      { rule: rule.name, targetId: "cloudtrailer", arn: this.function.arn, input },
      { parent: this, dependsOn: permission },
    );
    return [rule, permission, target];
  }

  /**
   * Makes the function check the stack's own parts, and keep baselines, at the end of each deployment: a schedule starts with a
   * wait. What cannot be read (yet) is in the function's log, and does not fail the deployment.
   *
   * @param others parts of the stack that are created elsewhere
   */
  declare(others: pulumi.Input<pulumi.Resource[]>): void {
    if (this.isStopped) return;
    new aws.lambda.Invocation(
      `${this.name}-baselines`,
      {
        functionName: this.function.name,
        input: keepBaselines("deployment"),
        triggers: { deployed: this.version() },
      },
      // The self-check compares with what it sees now, so everything must exist.
      { parent: this, dependsOn: pulumi.output(others).apply((more) => [...this.parts, ...more]) },
    );
  }

  /**
   * A hash of code, settings and configuration: any change causes a new invocation. A preview knows it and announces the
   * invocation; it would not know when Lambda last changed the function.
   */
  private version() {
    return pulumi
      .all([this.code, this.args.settings, this.args.declaration])
      .apply((parts) => createHash("sha256").update(parts.join("\0")).digest("hex"));
  }

  private subscribe(): pulumi.Resource[] {
    const { events } = this.args;
    const ofEvents = events === undefined ? [] : [events.onEvent(`${this.name}-events`, this.function)];
    return [this.subscribeToLogFiles(), ...ofEvents];
  }

  private subscribeToLogFiles(): pulumi.Resource {
    const { notifications } = this.args;
    if (typeof notifications !== "string") return notifications.onEvent(this.name, this.function);
    const permission = new aws.lambda.Permission(
      this.name,
      {
        action: "lambda:InvokeFunction",
        function: this.function.name,
        principal: "sns.amazonaws.com",
        sourceArn: notifications,
      },
      { parent: this },
    );
    return new aws.sns.TopicSubscription(
      this.name,
      {
        topic: notifications,
        protocol: "lambda",
        endpoint: this.function.arn,
        // SNS keeps a subscription in its topic's region.
        region: notifications.split(":")[3] ?? "",
      },
      { parent: this, dependsOn: permission },
    );
  }
}

/** The payload that the function is invoked with. */
function keepBaselines(at: KeepBaselines["at"]): string {
  return JSON.stringify({ cloudtrailer: "keep-baselines", at } satisfies KeepBaselines);
}
