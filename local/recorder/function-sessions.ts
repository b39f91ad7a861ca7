import { createHash } from "node:crypto";
import { paginateListFunctions } from "@aws-sdk/client-lambda";
import type { RootClients } from "./root-clients";

/** The session in which a Lambda function runs. */
export interface FunctionSession {
  roleArn: string;
  /** The function's name, cut to 64 characters. */
  sessionName: string;
}

/**
 * The access key of a function's session: MiniStack derives it from the function and its role (`execution_credentials` in its
 * `core/lambda_runtime.py`), and no API says whose it is.
 */
export function functionAccessKey(functionArn: string, roleArn: string): string {
  const digest = createHash("sha256").update(`${functionArn}:${roleArn}`).digest("hex");
  return `ASIA${digest.slice(0, 16).toUpperCase()}`;
}

/** Finds the function that runs with an access key. */
export async function functionSessionOf(
  clients: RootClients,
  accessKeyId: string,
  regions: Iterable<string>,
): Promise<FunctionSession | undefined> {
  for (const region of regions) {
    for await (const page of paginateListFunctions(
      { client: clients.lambda(region) },
      { FunctionVersion: "ALL" },
    )) {
      for (const { FunctionArn, FunctionName, Role } of page.Functions ?? []) {
        if (!FunctionArn || !FunctionName || !Role) continue;
        const arns = [FunctionArn, FunctionArn.replace(/:\$LATEST$/, "")];
        if (arns.some((arn) => functionAccessKey(arn, Role) === accessKeyId)) {
          return { roleArn: Role, sessionName: FunctionName.slice(0, 64) };
        }
      }
    }
  }
  return undefined;
}
