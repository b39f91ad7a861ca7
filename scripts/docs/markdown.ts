/** A Markdown table. A `|` in a cell is escaped. */
export function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.map((cell) => cell.replace(/\|/g, "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** The text with other content between two lines. @throws Error if they are not there */
export function between(text: string, first: string, last: string, content: string): string {
  const from = text.indexOf(first);
  const to = text.indexOf(last);
  if (from < 0 || to < from)
    throw new Error(`expected the lines ${first.trim()} and ${last.trim()}, found no such pair`);
  return `${text.slice(0, from)}${first}\n${content}\n\n${text.slice(to)}`;
}
