/**
 * Somebody outside, by one way in. Whoever is outside and may be let in by a statement is one of these: a stranger, whom
 * nothing in the statement names, or an account or organization that it names.
 */
export interface Outsider {
  /**
   * Without credentials; with credentials of AWS; through an AWS service that acts for what is theirs; with a token of
   * an identity provider.
   */
  way: "anonymous" | "signed" | "service" | "federated";
  /** Their account, or canonical user id; undefined: a stranger's. */
  account?: string;
  /**
   * The id of their organization, or the path of their unit in it. `none`: they are in none; `other`: in one that nothing
   * names; `unknown`: it is not known in which, if any; only not in this account's.
   */
  organization: string;
  /** Whether the call comes through a VPC endpoint of their own. */
  throughEndpoint: boolean;
  /** The host and path of the identity provider whose token they bring: `token.actions.githubusercontent.com`. */
  provider?: string;
}

/** Whether the statement names neither their account nor their organization. */
export function isStranger({ account, organization }: Outsider): boolean {
  return account === undefined && !organization.startsWith("o-");
}

/** Strangers: each way in, in and out of an organization, with and without an endpoint. */
export const strangers: Outsider[] = [
  { way: "anonymous", organization: "none", throughEndpoint: false },
  { way: "anonymous", organization: "none", throughEndpoint: true },
  { way: "signed", organization: "none", throughEndpoint: false },
  { way: "signed", organization: "none", throughEndpoint: true },
  { way: "signed", organization: "other", throughEndpoint: false },
  { way: "signed", organization: "other", throughEndpoint: true },
  { way: "service", organization: "none", throughEndpoint: false },
  { way: "service", organization: "other", throughEndpoint: false },
];

/** The ways in of somebody whom a statement names, by one way. A service calls by no endpoint of theirs. */
export function waysOf(
  named: Pick<Outsider, "account" | "provider">,
  way: Outsider["way"],
  organizations: string[],
): Outsider[] {
  const endpoints = way === "signed" ? [false, true] : [false];
  return organizations.flatMap((organization) =>
    endpoints.map((throughEndpoint) => ({ ...named, way, organization, throughEndpoint })),
  );
}
