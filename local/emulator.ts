import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdtempSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { actionResources } from "../policies/action-resources";
import { selfSigned } from "./certificate";
import { installEmulator, localFolder, ministackVersion, pathWithThisNode, tail } from "./install-emulator";

export { botocoreData, installEmulator, ministackVersion } from "./install-emulator";

/** How long the emulator may take to answer, in ms: usually about 3 s, many times that on a busy machine. */
const startLimit = 300_000;

const launcher = join(__dirname, "run_ministack.py");

/** The emulator's root user: MiniStack's own default. */
export const rootCredentials = { accessKeyId: "test", secretAccessKey: "test" };

/** Keys of a user or of a role's session. */
export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

/** An AWS account on this machine, for as long as it runs. Nothing is kept. */
export interface Emulator {
  /** `http://127.0.0.1:<port>`, for every service. */
  endpoint: string;
  /** 12 digits. */
  account: string;
  region: string;
  credentials: Credentials;
  /** Path of botocore's service models. */
  models: string;
  /** Path of the emulator's log file. */
  log: string;
  /** What happened, if it ends before it is stopped; otherwise it stays pending. */
  failed: Promise<Error>;
  stop(): Promise<void>;
}

/** How to start an emulator. */
export interface EmulatorOptions {
  /** A free one if omitted. */
  port?: number;
  account?: string;
  region?: string;
  /** More environment variables for MiniStack, which override those set here. */
  env?: Record<string, string>;
}

async function freePort(port = 0): Promise<number> {
  const server = createServer();
  try {
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(port, "127.0.0.1", resolve);
    });
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("a TCP server has no port");
    return address.port;
  } catch (cause) {
    const taken = (cause as NodeJS.ErrnoException).code === "EADDRINUSE";
    const what = taken ? "is in use" : `cannot be used (${(cause as Error).message})`;
    throw new Error(
      `Port ${port} of 127.0.0.1 ${what}. Stop the program that uses it, or choose another port or none.`,
      { cause },
    );
  } finally {
    server.close();
  }
}

/**
 * The emulator's environment. Its functions inherit all of it, so it contains only what is needed and nothing personal: no
 * credentials, no NODE_OPTIONS, and no Docker, whose containers MiniStack would remove.
 */
function environment(
  port: number,
  options: Required<Pick<EmulatorOptions, "account" | "region">>,
  temp: string,
) {
  return {
    PATH: pathWithThisNode(),
    HOME: temp,
    TMPDIR: temp,
    LANG: "C.UTF-8",
    AUTH: "true",
    AWS_ACCESS_KEY_ID: rootCredentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: rootCredentials.secretAccessKey,
    BIND_HOST: "127.0.0.1",
    GATEWAY_PORT: String(port),
    MINISTACK_ACCOUNT_ID: options.account,
    MINISTACK_REGION: options.region,
    IOT_MTLS_ENABLED: "0",
    SFTP_ENABLED: "0",
    PERSIST_STATE: "0",
    S3_PERSIST: "0",
    LAMBDA_EXECUTOR: "local",
    DOCKER_HOST: `unix://${join(temp, "no-docker")}`,
    PYTHONUNBUFFERED: "1",
  };
}

async function isReady(endpoint: string): Promise<boolean> {
  try {
    const response = await fetch(`${endpoint}/_ministack/health`, { signal: AbortSignal.timeout(10_000) });
    const health = (await response.json()) as { auth?: string };
    return response.ok && health.auth === "enabled";
  } catch {
    // Not listening yet. If it never does, its log says why, which the caller shows.
    return false;
  }
}

async function untilReady(child: ChildProcess, endpoint: string, log: string): Promise<void> {
  const deadline = Date.now() + startLimit;
  while (!(await isReady(endpoint))) {
    const ended = child.exitCode ?? child.signalCode;
    const why =
      ended !== null
        ? `exited with ${ended} before it answered`
        : Date.now() > deadline
          ? `did not answer at ${endpoint} within ${startLimit / 1000} s`
          : undefined;
    if (why) {
      throw new Error(
        `MiniStack ${ministackVersion} ${why}. The end of its log, ${log}:\n${tail(readFileSync(log, "utf8"))}`,
      );
    }
    await pause(50);
  }
}

/** Stops MiniStack and its functions by closing its standard input; see run_ministack.py. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.stdin?.end();
  const timer = setTimeout(() => child.kill("SIGKILL"), 5000);
  await ended;
  clearTimeout(timer);
}

/**
 * Starts an AWS account on this machine: MiniStack on a loopback port, with IAM policies enforced. Installs MiniStack first
 * if needed. It ends with this process, however that ends.
 *
 * @throws Error if it cannot be installed, the port is in use, or it does not answer; with the end of its log
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const { account = "111122223333", region = "us-west-2" } = options;
  const { python, models } = await installEmulator();
  const port = await freePort(options.port);
  const endpoint = `http://127.0.0.1:${port}`;
  const log = join(localFolder, `emulator-${port}.log`);
  const temp = mkdtempSync(join(tmpdir(), "cloudtrailer-emulator-"));
  const resources = join(temp, "action-resources.json");
  writeFileSync(resources, JSON.stringify(actionResources));
  // With this key, SNS signs.
  const { privateKey, certificate } = selfSigned("sns.amazonaws.com");
  const signer = join(temp, "signer.json");
  writeFileSync(signer, JSON.stringify({ jwk: privateKey.export({ format: "jwk" }), certificate }), {
    mode: 0o600,
  });
  const logFile = openSync(log, "w");
  // Its own process group: Ctrl-C in a terminal must reach only this program, which still needs the
  // emulator to destroy what it deployed.
  const child = spawn(python, [launcher, resources, signer], {
    cwd: temp,
    detached: true,
    env: { ...environment(port, { account, region }, temp), ...options.env },
    stdio: ["pipe", logFile, logFile],
  });
  closeSync(logFile);
  // A program with nothing left to do ends, and the emulator with it.
  child.unref();
  (child.stdin as Socket | null)?.unref();
  let isStopped = false;
  const failed = new Promise<Error>((resolve) => {
    child.once("exit", (code, signal) => {
      if (isStopped) return;
      const end = tail(readFileSync(log, "utf8"));
      resolve(
        new Error(`Embedded AWS ended by itself (${signal ?? code}). The end of its log, ${log}:\n${end}`),
      );
    });
  });
  const stop = async () => {
    isStopped = true;
    await end(child);
    await rm(temp, { recursive: true, force: true });
  };
  try {
    await Promise.race([
      untilReady(child, endpoint, log),
      once(child, "error").then(([cause]) => {
        throw new Error(`unable to start ${python}: ${(cause as Error).message}`, { cause });
      }),
    ]);
  } catch (error) {
    await stop();
    throw error;
  }
  const stopCleanly = async () => {
    await stop();
    await rm(log, { force: true });
  };
  const credentials = { ...rootCredentials };
  return { endpoint, account, region, credentials, models, log, failed, stop: stopCleanly };
}
