import { describedMissing, unwrap } from "./unwrap";
import { type Content, wholeOf } from "./content";
import { foreignText } from "./foreign";
import { columnsOf } from "./forms/columns";
import { trialMessageOf } from "./forms/cloudtrail";
import { objectOf } from "./forms/tables";
import { type Found, quietly } from "./found";
import { createCsv, type CsvDialect, dialectOf, rowsOf } from "./text/csv";
import { createDocuments } from "./text/documents";
import { encodingOf, utf8Of } from "./text/encoding";
import { isRemnant } from "./text/json";
import { isHeading, isKnownLine } from "./text/lines";
import { isYaml, yamlDocuments } from "./text/yaml";

/** YAML is read whole, and slowly. */
const maxYamlBytes = 64 * 1024 ** 2;
/** Enough of a text to recognize its form. */
const headLength = 16 * 1024;

/**
 * Reads the records of a text: JSON in any sequence, with anything before it on its line, a table, or YAML.
 *
 * @throws where the bytes are broken, after everything before that was put into `found`
 */
export async function readText(content: Content, found: Found): Promise<void> {
  const encoding = encodingOf(await content.head());
  const text = textOfHead(await content.head());
  const trial = trialMessageOf(text);
  const foreign = foreignText(text);
  const bytes = () => utf8Of(content.open(), encoding);
  if (encoding.name === "utf-32") found.odd("UTF-32: convert it with `iconv -f UTF-32 -t UTF-8`", 1);
  else if (trial !== undefined && "passedOver" in trial) found.passedOver(trial.passedOver);
  else if (foreign !== undefined) found.odd(foreign, 1);
  else {
    const isJson = /^[{[]/.test(text);
    const table = text.replace(preamble, "");
    const dialect = isJson ? undefined : recordTableOf(table);
    const otherTable = isJson ? undefined : otherTableOf(table);
    if (dialect !== undefined) await readTable(bytes(), dialect, found);
    else if (isYaml(text)) await readYaml(content, found);
    else if (otherTable !== undefined) found.odd(describedTable(otherTable), 1);
    else await readDocuments(bytes(), found);
  }
}

/** A first line that is not part of the table: Windows PowerShell names its type, Excel the delimiter. */
const preamble = /^(?:#TYPE\b|"?sep=).*\r?\n/i;

/** The first characters of a text in any encoding, without a byte order mark and surrounding blanks. */
export function textOfHead(head: Buffer): string {
  const { name, mark } = encodingOf(head);
  if (name === "utf-32") return "";
  return new TextDecoder(name)
    .decode(head.subarray(mark, mark + 2 * headLength))
    .slice(0, headLength)
    .trim();
}

async function readDocuments(chunks: AsyncIterable<Buffer>, found: Found): Promise<void> {
  let isFailed = false;
  /** A line that is understood if JSON follows. */
  let heading: { text: string; line: number } | undefined;
  const oddLine = (text: string, line: number) =>
    found.odd("a line without JSON", line, text.trim().slice(0, 60));
  const missHeading = () => {
    if (heading !== undefined) oddLine(heading.text, heading.line);
    heading = undefined;
  };
  const documents = createDocuments({
    value(value, line) {
      heading = undefined;
      unwrap(value, line, found);
    },
    broken(reason, line, values) {
      heading = undefined;
      // If the bytes themselves are cut off, that is what is reported.
      if (!isFailed) found.broken(reason, line);
      for (const value of values) unwrap(value, line, quietly(found));
    },
    text(text, line, isCell) {
      missHeading();
      if (isKnownLine(text)) return;
      if (isHeading(text)) heading = { text, line };
      else if (!isCell) oddLine(text, line);
    },
  });
  try {
    for await (const chunk of chunks) documents.put(chunk);
  } catch (error) {
    isFailed = true;
    documents.end();
    throw error;
  }
  documents.end();
  missHeading();
}

/** The dialect of a table with records. */
function recordTableOf(text: string): CsvDialect | undefined {
  return dialectOf(text, (rows) => isNamedTable(rows) || hasObjects(rows, text));
}

/** Whether the first row of a table has names of record fields. */
function isNamedTable([first = []]: string[][]): boolean {
  const names = first.map((cell) => cell.trim());
  // A text that merely begins with the word "message" is not a table.
  const isEnough =
    names.length > 1 || /^(?:_raw|@message|cloudtrail_?event|event_?json)/i.test(names[0] ?? "");
  return isEnough && columnsOf(names) !== undefined;
}

/** Whether the first rows of a table have cells that are objects, which quoting makes differ from the raw text. */
function hasObjects([first = [], second = []]: string[][], text: string): boolean {
  // One column is a table only if its records are quoted as cells.
  const isTable = first.length > 1 || /(?:^|\n)"\{(?:""|\\")/.test(text);
  return isTable && [...first, ...second].some((cell) => isWholeObject(cell) && !text.includes(cell));
}

function isWholeObject(cell: string): boolean {
  if (!cell.startsWith("{")) return false;
  try {
    return Object.keys(JSON.parse(cell) as object).length > 0;
  } catch {
    return false;
  }
}

async function readTable(chunks: AsyncIterable<Buffer>, dialect: CsvDialect, found: Found): Promise<void> {
  let names: string[] | undefined;
  let rows = 0;
  const csv = createCsv(dialect, (cells, line) => {
    if (line === 1 && preamble.test(`${cells[0]}\n`)) return;
    if (names === undefined) {
      names = cells.some((cell) => /["{}]/.test(cell)) ? [] : cells.map((cell) => cell.trim());
      if (names.length > 0) return takeNames(names, line, found);
    }
    if (isEventHistory(names)) return;
    rows += 1;
    if (names.length === 0) takeCells(cells, line, found);
    else if (cells.length === names.length) unwrap(objectOf(names, cells), line, found);
    else found.broken(`expected ${names.length} cells, found ${cells.length}`, line);
  });
  const decoder = new TextDecoder();
  for await (const chunk of chunks) csv.put(decoder.decode(chunk, { stream: true }));
  csv.put(decoder.decode());
  if (csv.end().cutOff) throw new Error("its table is cut off inside quotes");
  if (rows === 0 && !isEventHistory(names ?? [])) found.nothing();
}

function takeNames(names: string[], line: number, found: Found): void {
  const missing = columnsOf(names)?.missing ?? [];
  if (isEventHistory(names)) found.odd(eventHistory, line);
  else if (missing.length > 0) found.broken(describedMissing(missing), line);
}

/** Cells without names: each may contain a record. */
function takeCells(cells: string[], line: number, found: Found): void {
  const whole = cells.filter((cell) => /^\s*[{[]/.test(cell));
  const isLost = cells.some((cell) => !whole.includes(cell) && isRemnant(cell));
  if (whole.length === 0 || isLost) found.odd("a row of a table without column names", line);
  for (const cell of whole) unwrap(cell, line, found);
}

/** The output of the console's "Download CSV". */
const eventHistory =
  "the console's event history as CSV, which does not contain the records: choose \"Download JSON\" there, or use the trail's log files";

function isEventHistory(names: string[]): boolean {
  const own = new Set(names.map((name) => name.toLowerCase()));
  return own.has("event name") && (own.has("user name") || own.has("event id") || own.has("resource name"));
}

async function readYaml(content: Content, found: Found): Promise<void> {
  const bytes = await wholeOf(content, maxYamlBytes);
  const encoding = encodingOf(bytes);
  const text = new TextDecoder(encoding.name).decode(bytes.subarray(encoding.mark));
  for (const value of yamlDocuments(text)) unwrap(value, 1, found);
}

/** The column names of a table of something else: names, and a row of as many cells. */
function otherTableOf(text: string): string[] | undefined {
  const isTable = ([first = [], second = []]: string[][]) =>
    first.length > 1 &&
    first.length === second.length &&
    first.every((cell) => /^[\w .:@/()-]{1,60}$/.test(cell.trim())) &&
    !/[{[]/.test(second.join());
  const dialect = dialectOf(text, isTable);
  return dialect && rowsOf(text, dialect)[0];
}

function describedTable(names: string[]): string {
  const some = names.slice(0, 8).map((name) => JSON.stringify(name.trim()));
  if (names.length > some.length) some.push("…");
  return `a table with the columns ${some.join(", ")}`;
}
