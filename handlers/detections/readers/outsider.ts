/**
 * An outsider, with one way in. Every outsider that a statement may let in is one of these: a stranger, whom the statement
 * does not name, or an account or organization that it names.
 */
export interface Outsider {
  /**
   * Without credentials; with AWS credentials; through an AWS service that acts for their resource; with a token of an
   * identity provider.
   */
  way: "anonymous" | "signed" | "service" | "federated";
  /** Their account, or canonical user id; undefined for a stranger. */
  account?: string;
  /**
   * The id of their organization, or the path of their unit in it. `none`: they are in none; `other`: in one that the
   * statement does not name; `unknown`: in an unknown one, if any, but not in this account's.
   */
  organization: string;
  /** Whether the call comes through their own VPC endpoint. */
  throughEndpoint: boolean;
  /** The host and path of the identity provider that issued their token: `token.actions.githubusercontent.com`. */
  provider?: string;
}

/** Whether the statement names neither their account nor their organization. */
export function isStranger({ account, organization }: Outsider): boolean {
  return account === undefined && !organization.startsWith("o-");
}

/** Strangers: every way in, inside and outside of an organization, with and without an endpoint. */
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

/** The ways in of an outsider whom a statement names, one by one. A service does not call through their endpoint. */
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
