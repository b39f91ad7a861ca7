/**
 * Records the stack that a release creates, so that the engine test can upgrade it to the current version. A clone may have no
 * history to check the release out of, so the stack is checked in as test/engine/releases/<version>.json.
 *
 *     git worktree add ../release <commit of the release> && (cd ../release && npm ci)
 *     npx ts-node scripts/record-release.ts ../release
 *
 * The release's own program runs on its own provider and emulator. The function's code is not kept: it is a megabyte, and is
 * updated in place anyway.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type * as emulators from "../local/emulator";
import type * as engines from "../test/engine/support";
import type { Release, RecordedResource } from "../test/engine/releases/release";
import { findPulumi } from "./pulumi-cli";

/** A resource as in `pulumi stack export`, as far as it is used here. */
interface Exported {
  urn: string;
  type: string;
  custom: boolean;
  parent?: string;
  inputs?: Record<string, unknown>;
}

const team = "release";

async function recorded(checkout: string): Promise<Release> {
  const pulumi = await findPulumi(console.log);
  if (pulumi === undefined) throw new Error("expected pulumi on PATH or in PULUMI_BIN, or Go; found neither");
  const { startEmulator } = require(join(checkout, "local", "emulator")) as typeof emulators;
  const { openEngine, preparePlace } = require(join(checkout, "test", "engine", "support")) as typeof engines;
  const { version } = JSON.parse(readFileSync(join(checkout, "package.json"), "utf8")) as Release;
  const emulator = await startEmulator();
  const engine = openEngine(await preparePlace(pulumi, emulator));
  try {
    const stack = await engine.stack(team, { "cloudtrailer:team": { value: team } });
    await stack.up();
    const { deployment } = await stack.exportStack();
    const { resources } = deployment as { resources: Exported[] };
    const { account, region } = emulator;
    return { version, team, account, region, resources: resources.filter(isDeclared).map(recordedOf) };
  } finally {
    await engine.close();
    await emulator.stop();
  }
}

/** Not the stack itself, nor a provider: the engine creates them. */
function isDeclared({ type }: Exported): boolean {
  return !type.startsWith("pulumi:");
}

function recordedOf({ urn, type, custom, parent, inputs = {} }: Exported): RecordedResource {
  const declared = Object.entries(inputs).filter(([name]) => !name.startsWith("__") && name !== "code");
  return {
    urn,
    type,
    custom,
    ...(parent === undefined || parent.includes("pulumi:pulumi:Stack") ? {} : { parent }),
    inputs: Object.fromEntries(declared.map(([name, value]) => [name, withoutDefaults(value)])),
  };
}

/** Inputs without providers' notes (`__defaults`). */
function withoutDefaults(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutDefaults);
  if (typeof value !== "object" || value === null) return value;
  const fields = Object.entries(value).filter(([name]) => !name.startsWith("__"));
  return Object.fromEntries(fields.map(([name, inner]) => [name, withoutDefaults(inner)]));
}

async function main(): Promise<void> {
  const [checkout] = process.argv.slice(2);
  if (checkout === undefined)
    throw new Error("expected the folder of a checked-out release; see the top of scripts/record-release.ts");
  const release = await recorded(resolve(checkout));
  const folder = join(__dirname, "..", "test", "engine", "releases");
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${release.version}.json`);
  writeFileSync(file, `${JSON.stringify(release, null, 2)}\n`);
  console.log(`wrote ${file}: ${release.resources.length} resources of ${release.version}`);
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
