import { readdirSync } from "node:fs";
import { nameOf } from "../../handlers/cloudtrail/record";
import { iamActions, iamServices } from "../../infra/rules/aws-names";
import { botocoreData } from "../../local/emulator";
import { eventNameOf } from "../../local/recorder/event-names";
import { openServiceModels, type ServiceModel } from "../../local/recorder/service-models";

/**
 * infra/rules/event-names.json: how the events of CloudTrail, which are AWS's operations, differ from IAM's actions. Rules in
 * `own/` are checked by it where botocore, of which it is made, is not installed.
 */
export function eventNamesFile(): string {
  const models = openServiceModels(botocoreData());
  const operations = new Map<string, Set<string>>();
  const aliases: Record<string, string> = {};
  for (const service of readdirSync(botocoreData()).sort()) {
    const model = loaded(() => models.load(service));
    if (model === undefined) continue;
    const { signingName } = model.metadata;
    const names = operations.get(signingName) ?? new Set();
    operations.set(signingName, names);
    for (const name of namesIn(model)) names.add(name);
    if (service !== signingName && iamServices().includes(service)) aliases[service] = signingName;
  }
  const services = [...operations.keys()].sort();
  const others = (service: string) => iamActions(service) ?? [];
  const file = {
    services: services.join(" "),
    aliases: Object.fromEntries(Object.entries(aliases).filter(([service]) => !operations.has(service))),
    more: byService(services, (service) => {
      const known = new Set(others(service));
      return [...(operations.get(service) ?? [])].filter((name) => !known.has(name));
    }),
    not: byService(services, (service) =>
      others(service).filter((name) => !operations.get(service)?.has(name)),
    ),
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

/** The names of a service's events. Lambda and CloudFront write a date behind some. */
function namesIn(model: ServiceModel): string[] {
  return Object.values(model.operations).map((operation) => {
    const call = { model, operation } as Parameters<typeof eventNameOf>[0];
    return nameOf({ eventName: eventNameOf(call) } as Parameters<typeof nameOf>[0]);
  });
}

function byService(services: string[], namesOf: (service: string) => string[]): Record<string, string> {
  const entries = services.map((service) => [service, namesOf(service).sort().join(" ")] as const);
  return Object.fromEntries(entries.filter(([, names]) => names !== ""));
}

/** Some folders of botocore hold no model. */
function loaded(load: () => ServiceModel): ServiceModel | undefined {
  try {
    return load();
  } catch (error) {
    if (/has no model of a service/.test((error as Error).message)) return undefined;
    throw error;
  }
}
