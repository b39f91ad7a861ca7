import type { Place, Statement } from "./document";

/** What a fix of a team's own needs, as its rule declares it. */
export interface Grant {
  /** One IAM action: `ec2:CreateTags`. */
  action: string;
  /** ARNs, with `${Partition}` and `${Account}` for the stack's; `*` where IAM knows no resource. */
  resources: string[];
  condition?: NonNullable<Statement["Condition"]>;
}

/**
 * Statements that allow exactly what is granted, one for all actions with the same resources and the same condition. Nothing is
 * narrowed: what the catalogue's fixes may do with the same action says nothing about a team's own.
 */
export function statementsForGrants(grants: Grant[], place: Place): Statement[] {
  const statements: Record<string, Statement> = {};
  const sorted = [...grants].sort((a, b) => (a.action < b.action ? -1 : 1));
  for (const { action, resources, condition } of sorted) {
    const Resource = [...new Set(resources.map((arn) => filled(arn, place)))].sort();
    const scope = condition === undefined ? { Resource } : { Resource, Condition: condition };
    const key = JSON.stringify(scope);
    const statement = statements[key] ?? { Sid: "", Effect: "Allow", Action: [], ...scope };
    const actions = statement.Action ?? [];
    if (!actions.includes(action)) statements[key] = { ...statement, Action: [...actions, action] };
  }
  return Object.values(statements).map((statement, index) => ({ ...statement, Sid: `OwnRules${index + 1}` }));
}

function filled(arn: string, { partition, account }: Place): string {
  return arn.replaceAll("${Partition}", partition).replaceAll("${Account}", account);
}
