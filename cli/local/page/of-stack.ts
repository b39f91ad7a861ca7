import { randomBytes } from "node:crypto";
import { createCallAws } from "../../../handlers/aws/clients";
import type { Credentials } from "../../../local/emulator";
import type { LocalStack } from "../../../local/stack";
import { createAskFunction } from "../../ask-function";
import { rollBack } from "../../rollback";
import { type Attackers, attackersOf } from "./attacks";
import type { Feed } from "./feed";
import { type Page, startPage } from "./server";

/** Who acts on the page. */
export interface PageOfStackArgs {
  port: number;
  feed: Feed;
  /** Keys of the person who rolls fixes back. */
  keys: Credentials;
  /** Keys of the administrator who attacks. */
  attacker: Credentials;
}

/** Serves the page of a running stack. */
export function pageOfStack(
  stack: Pick<LocalStack, "endpoint" | "region" | "credentials" | "outputs">,
  { port, feed, keys, attacker }: PageOfStackArgs,
): Promise<Page> {
  const { outputs, region } = stack;
  const by = attackersOfStack(stack, attacker);
  const { endpoint } = stack;
  const table = String(outputs.tableName);
  const ask = createAskFunction({
    table,
    region,
    function: String(outputs.functionName),
    endpoint,
    credentials: keys,
    // An invocation may take longer than other requests, and must not be repeated.
    aws: createCallAws({ endpoint, credentials: keys, attempts: 1, timeoutMs: 300_000 }),
  });
  return startPage({
    port,
    team: String(outputs.team),
    mode: String(outputs.mode),
    region,
    feed,
    attack: (attack) => attack.run(by, randomBytes(3).toString("hex")),
    async rollBack(finding, why) {
      await rollBack({
        finding,
        why,
        table,
        region,
        callAws: (userAgent) => createCallAws({ endpoint, credentials: keys, userAgent }),
        ask,
        out: (line) => feed.add("rollback", line),
      });
    },
  });
}

/** The attackers of a running stack, whose calls are recorded. */
export function attackersOfStack(
  {
    endpoint,
    region,
    credentials,
    outputs,
  }: Pick<LocalStack, "endpoint" | "region" | "credentials" | "outputs">,
  attacker: Credentials,
): Attackers {
  // As if from the AWS CLI.
  const as = (who: Credentials) => createCallAws({ endpoint, credentials: who, userAgent: "aws-cli" });
  return attackersOf({ region, trail: String(outputs.trailName) }, as(attacker), as(credentials));
}
