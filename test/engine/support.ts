import {
  type ConfigMap,
  LocalWorkspace,
  type ProjectSettings,
  PulumiCommand,
  type PulumiFn,
  type Stack,
} from "@pulumi/pulumi/automation";
import { fork, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, sep } from "node:path";
import type { Emulator } from "../../local/emulator";
import { projectFolder } from "../../local/install-emulator";
import type { Values } from "../../local/resources/property";

/** Where stacks are, and what the engine gets. Plain data, so that it can be passed to another process. */
export interface Place {
  /** Path of the `pulumi` binary. */
  pulumi: string;
  /** Folder of the state, and of everything else that the CLI writes. */
  home: string;
  /** Environment of the CLI and its plugins. */
  env: Record<string, string>;
}

/** Numbers of resources by what happened to them, without unchanged ones. */
export type Changes = Record<string, number>;

/** Runs index.ts like a new process: it declares its resources while it is loaded, and Node loads a module once. */
async function runProgram(): Promise<Record<string, unknown>> {
  const ours = Object.keys(require.cache).filter(
    (file) => file.startsWith(projectFolder) && !file.includes(`${sep}node_modules${sep}`),
  );
  for (const file of ours) delete require.cache[file];
  return require("../../index") as Record<string, unknown>;
}

/** A place for stacks on an account of this machine. */
export async function preparePlace(pulumi: string, emulator: Emulator): Promise<Place> {
  const home = await mkdtemp(join(tmpdir(), "cloudtrailer-engine-"));
  const { endpoint, region, credentials } = emulator;
  return {
    pulumi,
    home,
    env: {
      AWS_ENDPOINT_URL: endpoint,
      AWS_REGION: region,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      PULUMI_CONFIG_PASSPHRASE: "for tests",
      PULUMI_HOME: join(home, "home"),
      PULUMI_BACKEND_URL: `file://${home}`,
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      // The state, with the function's megabytes, is written once at the end instead of twice for each resource.
      PULUMI_SKIP_CHECKPOINTS: "true",
      // Go collects a quarter as often, which takes a fifth less of the CLI's time; its processes are short.
      GOGC: "400",
    },
  };
}

/** A provider for the engine to attach to. */
export interface RunningProvider {
  /** What makes the engine of a `pulumi` with this environment attach to it. */
  env: Record<string, string>;
  stop(): void;
}

/**
 * Starts the local AWS provider for many operations: loading the clients of all services takes longer than what most of them
 * do, and by default the engine starts a provider for each.
 */
export async function startProvider({ env }: Place): Promise<RunningProvider> {
  const program = join(projectFolder, "local", "provider", "pulumi-resource-aws");
  const child = spawn(process.execPath, [program], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [port] = (await Promise.race([
    once(child.stdout.setEncoding("utf8"), "data"),
    once(child, "exit"),
  ])) as [unknown];
  if (typeof port !== "string")
    throw new Error(`expected the provider's port, found that it exited with ${String(port)}`);
  const stop = () => void child.kill();
  // Even if no test stops it.
  process.once("exit", stop);
  return { env: { PULUMI_DEBUG_PROVIDERS: `aws:${port.trim()}` }, stop };
}

/**
 * Stacks of the real engine at a place.
 *
 * @param running what the operations of this process attach to; without it, the engine starts a provider for each of them
 */
export function openEngine({ pulumi, home, env }: Place, running?: RunningProvider) {
  const envVars = { ...env, ...running?.env };
  // The Automation API looks for the CLI by its name on PATH.
  process.env.PATH = [dirname(pulumi), process.env.PATH].join(delimiter);

  /** The project settings of Pulumi.yaml, with a local backend and a local AWS provider. */
  async function projectSettings(pulumiCommand: PulumiCommand): Promise<ProjectSettings> {
    const own = await LocalWorkspace.create({ workDir: projectFolder, pulumiCommand, envVars });
    const settings = await own.projectSettings();
    // The program is inline.
    delete settings.main;
    const plugins = { providers: [{ name: "aws", path: join(projectFolder, "local", "provider") }] };
    return { ...settings, backend: { url: `file://${home}` }, plugins } as ProjectSettings;
  }

  async function open(name: string, program: PulumiFn = runProgram): Promise<Stack> {
    const pulumiCommand = await PulumiCommand.get();
    const settings = await projectSettings(pulumiCommand);
    return LocalWorkspace.createOrSelectStack(
      { stackName: name, projectName: settings.name, program },
      { pulumiCommand, envVars, workDir: home, projectSettings: settings },
    );
  }

  return {
    select: (name: string) => open(name),
    /** A stack with only this configuration; keys without the namespace. */
    async stack(name: string, config: ConfigMap, program?: PulumiFn): Promise<Stack> {
      const stack = await open(name, program);
      const old = await stack.getAllConfig();
      await stack.removeAllConfig(Object.keys(old));
      await stack.setAllConfig(config);
      return stack;
    },
    /** What a process started just for that would change, with a provider that the engine starts. */
    async previewElsewhere(team: string): Promise<Changes> {
      const child = fork(join(__dirname, "preview-elsewhere.ts"), [], {
        cwd: projectFolder,
        execArgv: ["--require", join(projectFolder, "cli", "register.js")],
      });
      child.send({ place: { pulumi, home, env }, team });
      const told = await Promise.race([once(child, "message"), once(child, "exit")]);
      if (typeof told[0] !== "object")
        throw new Error(`the preview in another process ended with ${told.join(" ")}`);
      return told[0] as Changes;
    },
    /** All text that the CLI wrote: state, history, configuration of the stacks. */
    async written(): Promise<string> {
      const entries = await readdir(home, { recursive: true, withFileTypes: true });
      const files = entries.filter((entry) => entry.isFile() && /\.(json|ya?ml|attrs|bak)$/.test(entry.name));
      const texts = files.map((file) => readFile(join(file.parentPath, file.name), "utf8"));
      return (await Promise.all(texts)).join("\n");
    },
    async close() {
      running?.stop();
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** A resource of AWS as the engine's state has it. */
export interface StateResource {
  urn: string;
  type: string;
  custom: boolean;
  id?: string;
  outputs: Values;
}

/** The resources of AWS that a stack has. */
export async function resourcesOf(stack: Stack): Promise<StateResource[]> {
  const { deployment } = await stack.exportStack();
  const { resources = [] } = deployment as { resources?: StateResource[] };
  return resources.filter(({ custom, type }) => custom && type.startsWith("aws:"));
}

/** The changes that an operation reports. */
export function changes(operation: {
  changeSummary?: Record<string, number | undefined>;
  summary?: { resourceChanges?: Record<string, number | undefined> };
}): Changes {
  const all = operation.changeSummary ?? operation.summary?.resourceChanges ?? {};
  return Object.fromEntries(Object.entries(all).filter(([what]) => what !== "same")) as Changes;
}
