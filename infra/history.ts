import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { createHistoryCallback, type OnHistory } from "../handlers/on-history";
import type { PatternRule } from "../handlers/rules/pattern-rule";
import type { Rule } from "../handlers/rules/rule";
import manifest from "../package.json";
import type { Place, PolicyDocument } from "../policies/document";
import {
  type HistoryPolicyArgs,
  historyPolicy,
  historyTrust,
  huntPolicy,
  huntTrust,
  statesRoleOf,
} from "../policies/history";
import { huntMachine } from "./hunt-machine";
import { withLinkedText } from "./linked-text";
import { environmentOf } from "./settings";
import { runtime } from "./runtime";

export interface HistoryArgs {
  /** Where the stack is. */
  place: pulumi.Output<Place>;
  names: Omit<HistoryPolicyArgs, "place">;
  /** The team's own rules, which are deployed with the catalogue. */
  rules: Rule[];
  /** Rules of the stack's configuration. */
  patterns: PatternRule[];
  /** The function's settings, as text for its environment. */
  settings: pulumi.Input<string>;
  /** How long the function's log is kept, in days; 0: forever. */
  logGroupDays: number;
}

/** One core (https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html): reading uses no second one. */
export const historyMemoryMegabytes = 1769;

/** Lambda's maximum, in seconds. */
const historyTimeoutSeconds = 900;

/** The callback factory with a team's own rules, which are serialized into it. */
function callbackFor({ rules, patterns }: HistoryArgs): () => OnHistory {
  return () => createHistoryCallback(rules, patterns);
}

/**
 * Hunts in old log files: a function from the same modules as the detector, which only reads them, and a state machine that
 * invokes it for one batch after another. Live work, its concurrency and its right to fix stay apart.
 */
export class History extends pulumi.ComponentResource {
  readonly function: aws.lambda.Function;
  readonly stateMachine: aws.sfn.StateMachine;

  constructor(
    private readonly name: string,
    private readonly args: HistoryArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("cloudtrailer:index:History", name, {}, opts);
    const logGroup = this.createLogGroup();
    const { history } = args.names;
    const reader = this.createRole("role", history, historyTrust);
    const reading = this.allow("policy", reader, historyPolicy);
    this.function = this.createFunction(reader, [logGroup, reading]);
    const hunter = this.createRole("states-role", statesRoleOf(history), huntTrust);
    const hunting = this.allow("states-policy", hunter, huntPolicy);
    this.stateMachine = this.createStateMachine(hunter, [hunting]);
    this.registerOutputs({
      functionArn: this.function.arn,
      stateMachineArn: this.stateMachine.arn,
    });
  }

  private createLogGroup() {
    // Lambda would create it without a retention, and `pulumi destroy` would leave it behind.
    return new aws.cloudwatch.LogGroup(
      `${this.name}-log`,
      { name: this.args.names.logGroup, retentionInDays: this.args.logGroupDays },
      { parent: this },
    );
  }

  private createRole(what: string, name: string, trust: (args: HistoryPolicyArgs) => PolicyDocument) {
    return new aws.iam.Role(
      `${this.name}-${what}`,
      { name, assumeRolePolicy: this.text(trust) },
      { parent: this },
    );
  }

  private allow(what: string, role: aws.iam.Role, policy: (args: HistoryPolicyArgs) => PolicyDocument) {
    return new aws.iam.RolePolicy(
      `${this.name}-${what}`,
      { name: "execution-policy", role: role.name, policy: this.text(policy) },
      { parent: this },
    );
  }

  private text(document: (args: HistoryPolicyArgs) => PolicyDocument): pulumi.Output<string> {
    return this.args.place.apply((place) => JSON.stringify(document({ place, ...this.args.names })));
  }

  private createFunction(role: aws.iam.Role, dependsOn: pulumi.Resource[]) {
    const { history } = this.args.names;
    return new aws.lambda.CallbackFunction(
      this.name,
      {
        name: history,
        description: "Reads old log files for npx cloudtrailer hunt; fixes nothing and alerts nobody",
        callbackFactory: callbackFor(this.args),
        role: role.arn,
        runtime,
        memorySize: historyMemoryMegabytes,
        timeout: historyTimeoutSeconds,
        environment: { variables: pulumi.output(this.args.settings).apply(environmentOf) },
        // Lambda provides the AWS SDK; no other package of this project runs there.
        codePathOptions: { extraExcludePackages: Object.keys(manifest.dependencies) },
      },
      { parent: this, dependsOn, transformations: [withLinkedText] },
    );
  }

  private createStateMachine(role: aws.iam.Role, dependsOn: pulumi.Resource[]) {
    const { history } = this.args.names;
    return new aws.sfn.StateMachine(
      `${this.name}-hunts`,
      {
        name: history,
        roleArn: role.arn,
        type: "STANDARD",
        definition: this.args.place.apply((place) => JSON.stringify(huntMachine(place, this.args.names))),
      },
      { parent: this, dependsOn: [...dependsOn, this.function] },
    );
  }
}
