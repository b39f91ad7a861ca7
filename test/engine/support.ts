import {
  type ConfigMap,
  LocalWorkspace,
  type ProjectSettings,
  type PreviewResult,
  PulumiCommand,
  type Stack,
} from "@pulumi/pulumi/automation";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, sep } from "node:path";
import type { Emulator } from "../../local/emulator";
import { projectFolder } from "../../local/install-emulator";

/** The project's name is the namespace of its configuration. */
export const projectName = "cloudtrailer";

/** Where stacks are, and with what. */
export interface Engine {
  stack(team: string, config?: ConfigMap, program?: () => Promise<Record<string, unknown>>): Promise<Stack>;
  /** Environment of the CLI and its plugins. */
  env: Record<string, string>;
  /** `file://` URL of the state. */
  backend: string;
  close(): Promise<void>;
}

/** Runs the program as a new process would: Node keeps modules, and a module declares its resources when it is loaded. */
export async function runProgram(): Promise<Record<string, unknown>> {
  const ours = Object.keys(require.cache).filter(
    (file) => file.startsWith(projectFolder) && !file.includes(`${sep}node_modules${sep}`),
  );
  for (const file of ours) delete require.cache[file];
  return require("../../index") as Record<string, unknown>;
}

/** Stacks of the real engine in a folder of their own, on an account of this machine. */
export async function startEngine(pulumi: string, { endpoint, region, credentials }: Emulator): Promise<Engine> {
  const home = await mkdtemp(join(tmpdir(), "cloudtrailer-engine-"));
  const backend = `file://${home}`;
  const env = {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    PULUMI_CONFIG_PASSPHRASE: "for tests",
    PULUMI_HOME: join(home, "home"),
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_BACKEND_URL: backend,
    // An update check or a plugin from elsewhere would make the tests depend on the network.
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
  };
  const projectSettings: ProjectSettings & { plugins: unknown } = {
    name: projectName,
    runtime: "nodejs",
    backend: { url: backend },
    // Left out of the Automation API's type declarations; written to Pulumi.yaml as it is.
    plugins: { providers: [{ name: "aws", path: join(projectFolder, "local", "provider") }] },
  };
  // The Automation API takes the CLI by name.
  process.env.PATH = `${dirname(pulumi)}:${process.env.PATH}`;
  const pulumiCommand = await PulumiCommand.get();
  return {
    env,
    backend,
    async stack(team, config = {}, program = runProgram) {
      const stack = await LocalWorkspace.createOrSelectStack(
        { stackName: team, projectName, program },
        {
          pulumiCommand,
          envVars: env,
          projectSettings,
        },
      );
      await stack.setAllConfig({ [`${projectName}:team`]: { value: team }, ...config });
      return stack;
    },
    async close() {
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** How many resources each operation concerned, those that stayed as they were left out. */
export function changes({ changeSummary }: Pick<PreviewResult, "changeSummary">): Record<string, number> {
  return Object.fromEntries(Object.entries(changeSummary).filter(([operation]) => operation !== "same"));
}
