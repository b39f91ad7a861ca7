import { type ConfigKey, configKeys } from "../../infra/config-keys";

/** Pulumi.yaml: the project, and the configuration of its stacks as `infra/config-keys.ts` has it. */
export function projectFile(): string {
  const keys: Record<string, ConfigKey<unknown>> = configKeys({ now: 0, ids: [] });
  return `# Made from infra/config-keys.ts by \`npm run docs\`.
name: cloudtrailer
description: Finds and fixes security problems automatically with CloudTrail and Lambda
main: index.ts
runtime:
  name: nodejs
  options:
    typescript: true
    packagemanager: npm
# Without \`type\`, and with a default for what has to be set: Pulumi would stop at the first wrong key, while
# infra/config.ts checks all of them and tells every error at once.
config:
${Object.entries(keys)
  .map(([name, key]) => declarationOf(name, key))
  .join("\n")}
`;
}

/** Every JSON text is YAML too. */
function declarationOf(name: string, { default: byDefault = "", description }: ConfigKey<unknown>): string {
  return `  ${name}:
    description: ${JSON.stringify(description)}
    default: ${JSON.stringify(byDefault)}`;
}
