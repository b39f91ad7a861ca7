import { execFileSync, spawn } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";

/** The version of the Pulumi CLI that is built and tested; scripts/pulumi-cli/go.mod pins it with its dependencies. */
export const pulumiVersion = "v3.259.0";

const cliPackage = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi";
const versionVariable = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version";
const moduleFolder = join(__dirname, "pulumi-cli");

/**
 * What the CLI calls only for states in a cloud, for help and for OpenAPI documents, none of which the tests use. It takes a third
 * of the build to optimize.
 */
const unoptimized = [
  "cloud.google.com/...",
  "github.com/Azure/...",
  "github.com/alecthomas/...",
  "github.com/aws/...",
  "github.com/envoyproxy/...",
  "github.com/pb33f/...",
  "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi/cloud",
];

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function onPath(name: string, path = process.env.PATH ?? ""): string | undefined {
  return path
    .split(delimiter)
    .filter(Boolean)
    .map((folder) => join(folder, name))
    .find(isProgram);
}

/** Where a built CLI is kept: outside the project, so that all clones share it. */
function builtCli(): string {
  const caches = process.env.XDG_CACHE_HOME || join(homedir(), ".cache");
  return join(caches, "cloudtrailer", `pulumi-${pulumiVersion}`, "bin", "pulumi");
}

async function build(go: string, target: string, progress: (line: string) => void): Promise<void> {
  progress(`building the Pulumi CLI ${pulumiVersion} from its Go module (about 4 minutes on 2 cores, once)`);
  await mkdir(join(target, ".."), { recursive: true });
  const unfinished = `${target}.${process.pid}`;
  // The Automation API asks the CLI for its version, which is v0.0.0 in a build without this flag.
  const flags = `-s -w -X ${versionVariable}=${pulumiVersion}`;
  const fast = unoptimized.map((packages) => `-gcflags=${packages}=-N -l`);
  const child = spawn(go, ["build", ...fast, "-ldflags", flags, "-o", unfinished, cliPackage], {
    cwd: moduleFolder,
    stdio: ["ignore", "inherit", "inherit"],
  });
  const code = await new Promise<number | string>((resolve) => {
    child.on("error", (error) => resolve(error.message));
    child.on("close", (status, signal) => resolve(status ?? signal ?? 1));
  });
  if (code !== 0) {
    await rm(unfinished, { force: true });
    throw new Error(
      `${execFileSync(go, ["version"], { encoding: "utf8" }).trim()} could not build the Pulumi CLI (${code}); ` +
        `its message is above. scripts/pulumi-cli/go.mod says which Go it needs. ` +
        `Or install Pulumi, or set PULUMI_BIN to a pulumi binary.`,
    );
  }
  await rename(unfinished, target);
}

/**
 * Path of a Pulumi CLI: `PULUMI_BIN`, `pulumi` on PATH, one built earlier, or one built now if Go is installed.
 *
 * @returns undefined if there is neither Pulumi nor Go
 * @throws Error if `PULUMI_BIN` is not executable, or the build fails
 */
export async function findPulumi(progress: (line: string) => void = () => {}): Promise<string | undefined> {
  const given = process.env.PULUMI_BIN;
  if (given) {
    if (isProgram(given)) return given;
    throw new Error(
      `PULUMI_BIN is ${given}, which is not executable. Set it to a pulumi binary, or unset it.`,
    );
  }
  const installed = onPath("pulumi");
  if (installed) return installed;
  const built = builtCli();
  if (existsSync(built)) return built;
  const go = onPath("go");
  if (!go) return undefined;
  await build(go, built, progress);
  return built;
}

if (require.main === module)
  void findPulumi(console.log).then((pulumi) => {
    if (pulumi !== undefined) return console.log(pulumi);
    console.error("expected pulumi on PATH or in PULUMI_BIN, or Go to build it with; found neither");
    process.exitCode = 1;
  });
