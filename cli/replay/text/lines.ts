/** Lines without JSON that are not records by nature. */
const known: RegExp[] = [
  // `--output text`: resources of LookupEvents, log streams, statistics, tokens.
  /^(?:RESOURCES|SEARCHEDLOGSTREAMS|STATISTICS|NEXTTOKEN|RESPONSEMETADATA|HTTPHEADERS)(?:\t|$)/,
  /^[bf]\/\d{20,}\/s(?:\s|$)/,
  /^None$/,
  // `--output table`: its frame, and its cells.
  /^[+|-][-+|\s]*$|^\|.*\|$/,
  // Text around JSON in a ticket or a chat.
  /^```\w*$/,
  // What Lambda writes around the lines of a function.
  /^(?:INIT_START Runtime|(?:START|END|REPORT) RequestId:) ?/,
  // The time and the labels before a line of Loki's command line.
  /^\d{4}-\d\d-\d\dT\S+\s+\{[\w.]+="[^{}]*"\}$/,
  // Not in RFC 4180, but Excel writes it.
  /^sep=.$/,
];

/** Whether a line is understood although it has no record. */
export function isKnownLine(text: string): boolean {
  const line = text.trim();
  return known.some((pattern) => pattern.test(line));
}

/** Whether a line belongs to the JSON below it: the time and the stream, by `aws logs tail --format json`. */
export function isHeading(text: string): boolean {
  return /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d\S*(?:\s+\S+)?$/.test(text.trim());
}
