/** A saved query: what a finding makes people ask. */
export interface SavedQuery {
  name: string;
  description: string;
  /** SQL with a `?` for each of {@link SavedQuery.parameters}. */
  query: string;
  /** What to fill in, in this order. */
  parameters: string[];
}

const event =
  "eventtime, eventsource, eventname, awsregion, recipientaccountid, useridentity.arn AS principal, " +
  "useridentity.accesskeyid AS accesskey, sourceipaddress, useragent, errorcode, requestparameters, eventid";

/** Every query names its partitions first: Athena reads no others. */
const within = "account = ? AND day BETWEEN ? AND ?";
const bounds = ["the account", "the first day: 2026/05/01", "the last day: 2026/05/31"];

const isPrincipal = "(useridentity.arn = ? OR useridentity.sessioncontext.sessionissuer.arn = ?)";

/**
 * The queries that are saved with the stack, in SQL that both Athena and DuckDB understand.
 *
 * @param table its name, with the database's
 */
export function savedQueries(table: string): SavedQuery[] {
  const select = (what: string, where: string, more: string) =>
    `SELECT ${what}\nFROM ${table}\nWHERE ${within}\n  AND ${where}\n${more}`;
  return [
    {
      name: "all-that-a-principal-did",
      description: "All calls of a user, or of all sessions of a role, in order",
      query: select(event, isPrincipal, "ORDER BY eventtime, eventid"),
      parameters: [...bounds, "the user's or role's ARN", "the same ARN"],
    },
    {
      name: "all-that-a-key-did",
      description: "All calls with an access key, in order",
      query: select(event, "useridentity.accesskeyid = ?", "ORDER BY eventtime, eventid"),
      parameters: [...bounds, "the access key's ID"],
    },
    {
      name: "all-from-an-address",
      description: "All calls from an address, in order",
      query: select(event, "sourceipaddress = ?", "ORDER BY eventtime, eventid"),
      parameters: [...bounds, "the address"],
    },
    {
      name: "who-touched-a-resource",
      description: "Who called what with a resource's name, ID or ARN, how often, and when first and last",
      query: select(
        "useridentity.arn AS principal, eventsource, eventname, count(*) AS calls, min(eventtime) AS first, max(eventtime) AS last",
        "(strpos(requestparameters, ?) > 0 OR strpos(responseelements, ?) > 0)",
        "GROUP BY useridentity.arn, eventsource, eventname\nORDER BY first, principal, eventname",
      ),
      parameters: [...bounds, "the name, ID or ARN", "the same"],
    },
    {
      name: "first-seen",
      description: "What a principal did for the first time in the period, from where, and when",
      query: select(
        "eventsource, eventname, min(eventtime) AS first, count(*) AS calls, count(DISTINCT sourceipaddress) AS addresses",
        isPrincipal,
        "GROUP BY eventsource, eventname\nORDER BY first, eventsource, eventname",
      ),
      parameters: [...bounds, "the user's or role's ARN", "the same ARN"],
    },
    {
      name: "where-a-principal-came-from",
      description: "The addresses and programs of a principal, and when each was first and last seen",
      query: select(
        "sourceipaddress, useragent, count(*) AS calls, min(eventtime) AS first, max(eventtime) AS last",
        isPrincipal,
        "GROUP BY sourceipaddress, useragent\nORDER BY first, sourceipaddress, useragent",
      ),
      parameters: [...bounds, "the user's or role's ARN", "the same ARN"],
    },
  ];
}
