import { type ConfigKey, configKeys } from "../../infra/config-keys";

/** Pulumi.yaml: the project, and its configuration schema from `infra/config-keys.ts`. */
export function projectFile(): string {
  const keys: Record<string, ConfigKey<unknown>> = configKeys({ now: 0, ids: [] });
  return `# Generated from infra/config-keys.ts by \`npm run docs\`.
name: cloudtrailer
description: Finds and fixes security problems automatically with CloudTrail and Lambda
main: index.ts
runtime:
  name: nodejs
  options:
    typescript: true
    packagemanager: npm
# No \`type\`, and a default even for the required key: Pulumi would stop at the first wrong key, while infra/config.ts
# checks them all and reports every error at once.
config:
${Object.entries(keys)
  .map(([name, key]) => declarationOf(name, key))
  .join("\n")}
`;
}

/** Any JSON text is valid YAML. */
function declarationOf(name: string, { default: byDefault = "", description }: ConfigKey<unknown>): string {
  return `  ${name}:
    description: ${JSON.stringify(description)}
    default: ${JSON.stringify(byDefault)}`;
}
