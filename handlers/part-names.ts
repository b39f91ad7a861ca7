/**
 * How calls name the parts of this system. The function recognizes calls on its own parts by these forms, and EventBridge
 * rules match the same calls without it (infra/watch-rules.ts): one declaration for both.
 */

/** What a text must equal, start with, end with or contain to name a part. */
export interface NameForms {
  exact: string[];
  prefixes: string[];
  suffixes: string[];
  infixes: string[];
  /** Whether the service takes a name for the same in upper and lower case. */
  ignoresCase?: true;
}

/** A part that an ARN names. */
interface NamedByArn {
  service: string;
  arn: string;
  /** The resource's name: what follows its type. */
  name: string;
  account: string;
}

/** What follows the second path's name in the names of its rules and alarms. Team names contain no dot. */
export const watchSeparator = ".";

/** CloudTrail's name of a service, if ARNs have another. */
const sources: Record<string, string> = { cloudwatch: "monitoring" };

/** `arn:aws:iam::111122223333:role/path/name` → `name`; `arn:aws:logs:…:log-group:/aws/lambda/name` → `/aws/lambda/name`. */
function namedBy(arn: string): NamedByArn {
  const [, , service = "", , account = "", ...rest] = arn.split(":");
  const resource = rest.join(":");
  const isLogGroup = service === "logs";
  const name = resource.slice(resource.search(isLogGroup ? /:/ : /[:/][^:/]*$/) + 1);
  return { service, arn, name, account };
}

const none = (): NameForms => ({ exact: [], prefixes: [], suffixes: [], infixes: [] });

function formsOfPart({ service, arn, name, account }: NamedByArn): NameForms {
  const both = { ...none(), exact: [name, arn] };
  switch (service) {
    case "lambda":
      // `name:alias`, `111122223333:function:name` and its ARN name a function, too.
      return {
        exact: [name, arn],
        prefixes: [`${name}:`, `${arn}:`],
        suffixes: [`:function:${name}`],
        infixes: [`:function:${name}:`],
      };
    case "iam":
      // The role's managed policies are created for it alone. https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
      return {
        ...both,
        prefixes: [`${arn.replace(":role/", ":policy/")}-remediations-`],
        ignoresCase: true,
      };
    case "sns":
      return { ...both, prefixes: [`${arn}:`] };
    case "cloudformation":
      // AWS appends an ID.
      return { ...both, prefixes: [`${arn}/`] };
    case "sqs":
      return { ...both, suffixes: [`/${account}/${name}`] };
    case "dynamodb":
      return { ...both, prefixes: [`${arn}/`] };
    case "logs":
      return { ...both, prefixes: [`${arn}:`] };
    default:
      return both;
  }
}

/** The rules and alarms of the second path, which share the name of its bus. */
function formsOfWatch(bus: NamedByArn): Record<string, NameForms> {
  const { arn, name } = bus;
  const start = arn.slice(0, arn.indexOf(":event-bus/"));
  const named = `${name}${watchSeparator}`;
  const forms = (...prefixes: string[]) => ({ ...none(), prefixes });
  return {
    events: forms(named, `${start}:rule/${named}`),
    monitoring: forms(named, `${start.replace(":events:", ":cloudwatch:")}:alarm:${named}`),
  };
}

function merged(a: NameForms | undefined, b: NameForms): NameForms {
  const both = (key: "exact" | "prefixes" | "suffixes" | "infixes") => [
    ...new Set([...(a?.[key] ?? []), ...b[key]]),
  ];
  return {
    exact: both("exact"),
    prefixes: both("prefixes"),
    suffixes: both("suffixes"),
    infixes: both("infixes"),
    ...(a?.ignoresCase || b.ignoresCase ? { ignoresCase: true as const } : {}),
  };
}

/**
 * How the calls of each service name this system's parts, by CloudTrail's name of the service (`monitoring`).
 *
 * @param ownResources names and ARNs; the forms follow from the ARNs
 * @param trailArn the trail, which calls name by its name or its ARN
 */
export function nameFormsOf(ownResources: string[], trailArn?: string): Record<string, NameForms> {
  const byService: Record<string, NameForms> = {};
  const add = (service: string, forms: NameForms) => {
    byService[service] = merged(byService[service], forms);
  };
  for (const arn of [...ownResources, trailArn ?? ""].filter((name) => name.startsWith("arn:"))) {
    const part = namedBy(arn);
    const source = sources[part.service] ?? part.service;
    add(source, formsOfPart(part));
    if (arn.includes(":event-bus/"))
      for (const [service, forms] of Object.entries(formsOfWatch(part))) add(service, forms);
  }
  return byService;
}

/** Forms of names, prepared for many look-ups. */
interface Spellings extends Omit<NameForms, "exact" | "ignoresCase"> {
  exact: Set<string>;
}

/** How calls of any service name this system's parts, prepared for many look-ups. */
export interface OwnNames {
  asSpelled: Spellings;
  /** In lower case, of services that ignore case. */
  inAnyCase: Spellings;
}

/** The names of this system's parts, including those that are no ARNs. */
export function ownNamesOf(ownResources: string[], trail?: { name: string; arn: string }): OwnNames {
  const all = Object.values(nameFormsOf(ownResources, trail?.arn));
  const trailNames = trail === undefined ? [] : [trail.name, trail.arn];
  const asSpelled = all.filter(({ ignoresCase }) => ignoresCase !== true);
  const inAnyCase = all.filter(({ ignoresCase }) => ignoresCase === true).map(inLowerCase);
  return {
    asSpelled: spellingsOf([...asSpelled, { ...none(), exact: [...ownResources, ...trailNames] }]),
    inAnyCase: spellingsOf(inAnyCase),
  };
}

function spellingsOf(forms: NameForms[]): Spellings {
  const { exact, prefixes, suffixes, infixes } = forms.reduce(merged, none());
  return { exact: new Set(exact), prefixes, suffixes, infixes };
}

function inLowerCase({ exact, prefixes, suffixes, infixes }: NameForms): NameForms {
  const lower = (texts: string[]) => texts.map((text) => text.toLowerCase());
  return {
    exact: lower(exact),
    prefixes: lower(prefixes),
    suffixes: lower(suffixes),
    infixes: lower(infixes),
  };
}

/** Whether a text names a part of this system. */
export function isOwnName(text: string, { asSpelled, inAnyCase }: OwnNames): boolean {
  return isOneOf(text, asSpelled) || isOneOf(text.toLowerCase(), inAnyCase);
}

function isOneOf(text: string, { exact, prefixes, suffixes, infixes }: Spellings): boolean {
  return (
    exact.has(text) ||
    prefixes.some((prefix) => text.startsWith(prefix)) ||
    suffixes.some((suffix) => text.endsWith(suffix)) ||
    infixes.some((infix) => text.includes(infix))
  );
}
