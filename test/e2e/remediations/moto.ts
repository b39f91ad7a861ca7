import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { botocoreData, type Emulator } from "../../../local/emulator";
import { localFolder, tail } from "../../../local/install-emulator";
import { installMoto } from "./install-moto";

/** Serves until standard input closes, so that it ends with this process however that ends. */
const program = [
  "import os, sys, threading",
  "threading.Thread(target=lambda: (sys.stdin.buffer.read(), os._exit(0)), daemon=True).start()",
  "from moto.server import main",
  "main(['-H', '127.0.0.1', '-p', sys.argv[1]])",
].join("\n");

/** How long it may take to answer, in ms: usually about 5 s, many times that on a busy machine. */
const startLimit = 300_000;

let started: Promise<Emulator> | undefined;

/** The only moto server of a run, installed and started by the first test that needs it. */
export function moto(): Promise<Emulator> {
  started ??= start();
  return started;
}

after(async () => {
  await (await started)?.stop();
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  server.close();
  if (address === null || typeof address === "string") throw new Error("a TCP server has no port");
  return address.port;
}

async function start(): Promise<Emulator> {
  const python = await installMoto();
  const account = "111122223333";
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const log = join(localFolder, `moto-${port}.log`);
  const logFile = openSync(log, "w");
  const child = spawn(python, ["-c", program, String(port)], {
    env: {
      PATH: process.env.PATH ?? "",
      HOME: localFolder,
      MOTO_ACCOUNT_ID: account,
      // AdministratorAccess and other AWS policies.
      MOTO_IAM_LOAD_MANAGED_POLICIES: "true",
    },
    stdio: ["pipe", logFile, logFile],
  });
  closeSync(logFile);
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.stdin?.end();
    await ended;
  };
  const deadline = Date.now() + startLimit;
  while (!(await answers(endpoint))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      await stop();
      throw new Error(
        `moto did not answer at ${endpoint}. The end of its log, ${log}:\n${tail(readFileSync(log, "utf8"))}`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return {
    endpoint,
    account,
    region: "us-west-2",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    models: botocoreData(),
    log,
    // Whatever calls it then fails.
    failed: new Promise(() => undefined),
    stop,
  };
}

async function answers(endpoint: string): Promise<boolean> {
  try {
    return (await fetch(`${endpoint}/moto-api/data.json`, { signal: AbortSignal.timeout(10_000) })).ok;
  } catch {
    return false; // not listening yet; if it never does, its log says why
  }
}
