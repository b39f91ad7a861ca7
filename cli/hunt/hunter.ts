import { folderOf } from "../../handlers/history/batch";
import type { LookValues } from "../replay/printer";
import { callAwsAt, findStack } from "../stack-access";
import { type Io, isUsageError, usageError } from "../verb";
import { createReports, type HuntAccess, type Reports } from "./access";
import { createMachine, type Machine } from "./machine";
import { type HuntRecord, saveRecord } from "./record";

/** The options that every step of a hunt uses. */
export interface HuntValues extends LookValues {
  stack: string | undefined;
  home: string | undefined;
  endpoint: string | undefined;
  table: string | undefined;
  function: string | undefined;
}

/** What every step of a hunt needs. */
export interface Hunter {
  access: HuntAccess;
  reports: Reports;
  machine: Machine;
  values: HuntValues;
  io: Io;
}

async function findHunts(values: Parameters<typeof findStack>[1]) {
  try {
    return await findStack(["bucket", "reports", "hunts"], values);
  } catch (error) {
    if (!isUsageError(error) || !/expected the output (reportsBucket|huntsArn)/.test(error.message))
      throw error;
    throw usageError(
      "expected a stack with hunts, found one without: pulumi config set cloudtrailer:history true, then pulumi up",
    );
  }
}

/** Finds the stack. @throws a usage error if it has no hunts */
export async function createHunter(values: HuntValues, io: Io): Promise<Hunter> {
  const { stack, endpoint, home } = values;
  const { bucket, reports, hunts, region } = await findHunts({ stack, endpoint, region: home });
  const access: HuntAccess = { region, bucket, reports, hunts, aws: callAwsAt(values.endpoint) };
  return { access, reports: createReports(access), machine: createMachine(access), values, io };
}

/** Starts an execution for a list of batches, and notes it. */
export async function startExecution(
  { reports, machine }: Hunter,
  record: HuntRecord,
  manifest: string,
): Promise<void> {
  const { hunt, amount, executions } = record;
  // Before it starts, so that no execution is unknown.
  await saveRecord(reports, record);
  const attempt = executions.length === 0 ? "" : `-${executions.length + 1}`;
  executions.push(
    await machine.start(`${hunt.id}${attempt}`, {
      hunt,
      manifest,
      map: `${folderOf(hunt.id)}map`,
      maxConcurrency: amount.concurrency,
    }),
  );
  await saveRecord(reports, record);
}
