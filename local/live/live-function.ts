import { fork } from "node:child_process";
import { join } from "node:path";
import { DeleteRolePolicyCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { InvokeCommand, LambdaClient, UpdateFunctionCodeCommand } from "@aws-sdk/client-lambda";
import { strToU8, type Zippable, zipSync } from "fflate";
import type { KeepBaselines } from "../../handlers/baselines/event";
import type { PatternRule } from "../../handlers/rules/pattern-rule";
import type { Rule } from "../../handlers/rules/rule";
import { linkedTextOf } from "../../infra/linked-text";
import { rulesFile } from "../../infra/rules/callback-beside";
import { type Grant, statementsForGrants } from "../../policies/own-scopes";
import { projectFolder } from "../install-emulator";
import type { LocalStack } from "../stack";

/** The function of a running local stack, whose rules can be replaced. */
export interface LiveFunction {
  /**
   * Puts rules into the function, in place of those it has, and what their fixes need into its role.
   *
   * @throws Error with what Pulumi says of a rule that it cannot serialize; the function then keeps its rules
   */
  put(rules: Rule[], grants: Grant[]): Promise<void>;
  close(): void;
}

/** Name of the role's policy with what the rules need. */
const policyName = "own-rules";

/**
 * Serializes the callback in a process of its own. Start it early: it takes seconds.
 *
 * @param patterns rules of the stack's configuration
 */
export function serializedCallback(patterns: PatternRule[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = fork(join(__dirname, "serialize-callback.ts"), [], {
      cwd: projectFolder,
      execArgv: ["--require", join(projectFolder, "cli", "register.js")],
    });
    child.once("message", ({ text, failed }: { text?: string; failed?: string }) => {
      if (text !== undefined) resolve(text);
      else reject(new Error(`unable to serialize the function: ${failed}`));
    });
    child.once("error", reject);
    child.once("exit", (code, signal) =>
      reject(new Error(`unable to serialize the function: the process ended with ${code ?? signal}`)),
    );
    child.send(patterns);
  });
}

/**
 * Creates the access to a stack's function. It works past the recorder, like a deployment of a moment ago: its calls are not
 * in the trail, and the self-check compares with their result.
 *
 * @param callback from {@link serializedCallback}
 */
export function createLiveFunction(
  stack: Pick<LocalStack, "emulator" | "region" | "account" | "outputs">,
  callback: Promise<string>,
): LiveFunction {
  const { emulator, region, account, outputs } = stack;
  const connection = { endpoint: emulator.endpoint, credentials: emulator.credentials };
  const lambda = new LambdaClient({ ...connection, region });
  const iam = new IAMClient({ ...connection, region: "us-east-1" });
  const place = { partition: "aws", region, account };
  const FunctionName = String(outputs.functionName);
  const RoleName = String(outputs.roleName);
  let hasPolicy = false;

  const putGrants = async (grants: Grant[]): Promise<void> => {
    const Statement = statementsForGrants(grants, place);
    if (Statement.length > 0) {
      const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
      await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: policyName, PolicyDocument }));
    } else if (hasPolicy) await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: policyName }));
    hasPolicy = Statement.length > 0;
  };

  return {
    async put(rules, grants) {
      const files: Zippable = {
        [rulesFile]: strToU8(await linkedTextOf(() => rules, false)),
        "__index.js": strToU8(await callback),
      };
      await putGrants(grants);
      await lambda.send(
        new UpdateFunctionCodeCommand({ FunctionName, ZipFile: zipSync(files, { level: 1 }) }),
      );
      // As at the end of each deployment, but nobody waits for it.
      const event: KeepBaselines = { cloudtrailer: "keep-baselines", at: "deployment" };
      const Payload = JSON.stringify(event);
      await lambda.send(new InvokeCommand({ FunctionName, InvocationType: "Event", Payload }));
    },
    close() {
      lambda.destroy();
      iam.destroy();
    },
  };
}
