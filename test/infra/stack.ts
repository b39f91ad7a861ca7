import * as pulumi from "@pulumi/pulumi";

/** A resource as the program declared it. */
export interface Declared {
  type: string;
  name: string;
  inputs: Record<string, unknown>;
  /** Names of the inputs whose value is a secret. */
  secrets: string[];
  /** `<type> <name>` of what it waits for, directly or because something else does. */
  after: string[];
}

/** The result of running the program once. */
export interface Stack {
  resources: Declared[];
  /** The one resource of a type, or of a type and name. */
  the(type: string, name?: string): Declared;
  outputs: Record<string, unknown>;
}

export const account = "111122223333";
export const region = "us-west-2";

/** Runs index.ts, or another program, under Pulumi's mocks, with `config` (keys without namespace) as the stack's configuration. */
export async function stack(
  config: Record<string, string>,
  options: { name?: string; secrets?: string[]; region?: string; program?: string } = {},
): Promise<Stack> {
  const here = options.region ?? region;
  const resources: Declared[] = [];
  const after = new Map<string, string[]>();
  await pulumi.runtime.setMocks(
    {
      newResource({ type, name, inputs }) {
        const declared = revealed(inputs as Record<string, unknown>);
        resources.push({ type, name, ...declared, after: after.get(`${type} ${name}`) ?? [] });
        const state = { ...declared.inputs, ...computed(type, declared.inputs) };
        // The provider's id of a topic is its ARN.
        const id = type === "aws:sns/topic:Topic" ? String(state.arn) : `${name}-id`;
        return { id, state };
      },
      call({ token }) {
        const answer = answersIn(here)[token];
        if (answer === undefined)
          throw new Error(`expected one of ${Object.keys(answersIn(here)).join(", ")}, found ${token}`);
        return answer;
      },
    },
    "cloudtrailer",
    options.name ?? "dev",
    false,
  );
  noteDependencies(after);
  pulumi.runtime.setAllConfig(
    Object.fromEntries(Object.entries(config).map(([key, value]) => [`cloudtrailer:${key}`, value])),
    (options.secrets ?? []).map((key) => `cloudtrailer:${key}`),
  );
  const program = options.program ?? require.resolve("../../index");
  delete require.cache[program];
  const exported = require(program) as Record<string, unknown>;
  const outputs: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(exported)) outputs[name] = await settled(value);
  await pulumi.runtime.disconnect();
  // Otherwise a text that is serialized later might hold something of it (test/support/serialize-once.cjs).
  delete require.cache[program];
  return {
    resources,
    outputs,
    the(type, name) {
      const found = resources.filter((one) => one.type === type && (name === undefined || one.name === name));
      const [first] = found;
      if (first === undefined || found.length > 1)
        throw new Error(
          `expected one ${type} ${name ?? ""}, found ${JSON.stringify(found.map((one) => one.name))}`,
        );
      return first;
    },
  };
}

/** The text of the only file in the function's archive, and the names of all. */
export async function archiveOf(
  functionInputs: Record<string, unknown>,
): Promise<{ files: string[]; text: string }> {
  const { assets } = functionInputs.code as { assets: Promise<Record<string, { text: Promise<string> }>> };
  const files = await assets;
  return { files: Object.keys(files), text: (await files["__index.js"]?.text) ?? "" };
}

const answersIn = (region: string): Record<string, Record<string, unknown>> => ({
  "aws:index/getCallerIdentity:getCallerIdentity": {
    accountId: account,
    arn: `arn:aws:iam::${account}:user/deployer`,
    id: account,
    userId: "AIDAEXAMPLE",
  },
  "aws:index/getRegions:getRegions": { id: "aws", names: ["ap-south-1", "us-east-1", "us-west-2"] },
  "aws:organizations/getOrganization:getOrganization": {
    id: "o-abcde12345",
    masterAccountId: account,
    accounts: [
      { id: account, name: "management" },
      { id: "222233334444", name: "payments" },
      { id: "333344445555", name: "shop" },
    ],
  },
  "aws:organizations/getOrganizationalUnitDescendantAccounts:getOrganizationalUnitDescendantAccounts": {
    id: "ou-ab12-11111111",
    accounts: [
      { id: "222233334444", name: "payments" },
      { id: "333344445555", name: "shop" },
    ],
  },
  "aws:index/getRegion:getRegion": { region, id: region, name: region, description: "", endpoint: "" },
});

/** Mocks get a secret as an object with this key. https://github.com/pulumi/pulumi/blob/master/sdk/nodejs/runtime/rpc.ts */
const signature = "4dabf18193072939515e22adb298388d";

function revealed(inputs: Record<string, unknown>): Pick<Declared, "inputs" | "secrets"> {
  const isSecret = (value: unknown): value is { value: unknown } =>
    typeof value === "object" && value !== null && signature in value;
  const entries = Object.entries(inputs);
  return {
    inputs: Object.fromEntries(entries.map(([name, value]) => [name, isSecret(value) ? value.value : value])),
    secrets: entries.filter(([, value]) => isSecret(value)).map(([name]) => name),
  };
}

interface Registration {
  getType(): string;
  getName(): string;
  getDependenciesList(): string[];
}
interface Monitor {
  registerResource(request: Registration, callback: unknown): Promise<void>;
}

/** Mocks do not learn what a resource depends on; the engine, which they replace, does. */
function noteDependencies(after: Map<string, string[]>): void {
  const { getMonitor } = pulumi.runtime as unknown as { getMonitor(): Monitor };
  const monitor = getMonitor();
  const register = monitor.registerResource.bind(monitor);
  monitor.registerResource = (request, callback) => {
    const names = request.getDependenciesList().map((urn) => {
      const [, , type = "", name = ""] = urn.split("::");
      return `${type.split("$").pop() ?? ""} ${name}`;
    });
    // What it waits for is registered, and so is what that waits for.
    const all = new Set(names.flatMap((one) => [one, ...(after.get(one) ?? [])]));
    after.set(`${request.getType()} ${request.getName()}`, [...all]);
    return register(request, callback);
  };
}

/** What AWS adds to a resource that others refer to. */
function computed(type: string, inputs: Record<string, unknown>): Record<string, unknown> {
  const name = String(inputs.name);
  const arn = (service: string, rest: string) => ({ arn: `arn:aws:${service}:${region}:${account}:${rest}` });
  switch (type) {
    case "aws:s3/bucket:Bucket":
      return { arn: `arn:aws:s3:::${String(inputs.bucket)}` };
    case "aws:sns/topic:Topic":
      return arn("sns", name);
    case "aws:cloudtrail/trail:Trail":
      return arn("cloudtrail", `trail/${name}`);
    case "aws:iam/role:Role":
      return { arn: `arn:aws:iam::${account}:role/${name}` };
    case "aws:iam/policy:Policy":
      return { arn: `arn:aws:iam::${account}:policy/${name}` };
    case "aws:lambda/function:Function":
      return { ...arn("lambda", `function:${name}`), lastModified: "2026-05-04T10:00:00.000+0000" };
    case "aws:cloudwatch/eventConnection:EventConnection":
      return arn("events", `connection/${name}/1`);
    case "aws:cloudwatch/eventApiDestination:EventApiDestination":
      return arn("events", `api-destination/${name}/1`);
    case "aws:cloudwatch/eventBus:EventBus":
      return arn("events", `event-bus/${name}`);
    case "aws:cloudwatch/metricAlarm:MetricAlarm":
      return arn("cloudwatch", `alarm:${name}`);
    case "aws:cloudwatch/eventRule:EventRule":
      return arn("events", `rule/${name}`);
    case "aws:dynamodb/table:Table":
      return arn("dynamodb", `table/${name}`);
    case "aws:sqs/queue:Queue":
      return { ...arn("sqs", name), url: `https://sqs.${region}.amazonaws.com/${account}/${name}` };
    case "aws:cloudwatch/logGroup:LogGroup":
      return arn("logs", `log-group:${name}`);
    default:
      return {};
  }
}

async function settled(value: unknown): Promise<unknown> {
  if (Array.isArray(value)) return Promise.all(value.map(settled));
  return pulumi.Output.isInstance(value) ? new Promise((resolve) => value.apply(resolve)) : value;
}
