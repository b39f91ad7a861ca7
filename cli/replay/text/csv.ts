/** How cells are separated and quoted. */
export interface CsvDialect {
  delimiter: string;
  /** How a quote inside quotes is written: doubled, or after a backslash. */
  escape: '"' | "\\";
}

/** In a longer cell the closing quote is missing. AWS limits records to 256 KB. */
const maxCellLength = 64 * 1024 ** 2;

/**
 * Creates the reader of separated values that arrive in pieces of text: quotes may contain delimiters, quotes and line ends
 * (RFC 4180, and with backslashes as some programs write them).
 *
 * @param onRow gets the cells of a row and the line it begins on; blank lines are skipped
 */
export function createCsv(
  { delimiter, escape }: CsvDialect,
  onRow: (cells: string[], line: number) => void,
): { put(text: string): void; end(): { cutOff: boolean } } {
  let cells: string[] = [];
  let cell = "";
  let isQuoted = false;
  /** The last character was a quote or an escape, whose meaning depends on the next one. */
  let pending = "";
  let line = 1;
  let rowLine = 1;

  function endCell(): void {
    cells.push(cell);
    cell = "";
  }

  function endRow(): void {
    endCell();
    if (cells.length > 1 || cells[0] !== "") onRow(cells, rowLine);
    cells = [];
  }

  /** Takes the character after a quote or an escape; false if it is unrelated. */
  function takePending(character: string): boolean {
    const was = pending;
    pending = "";
    if (was === "\\") {
      cell += character === '"' || character === "\\" ? character : `\\${character}`;
      return true;
    }
    if (character === '"' && escape === '"') {
      cell += '"';
      return true;
    }
    isQuoted = false;
    return false;
  }

  function takeQuoted(text: string, from: number): number {
    let at = from;
    while (at < text.length && text[at] !== '"' && text[at] !== escape) {
      if (text[at] === "\n") line += 1;
      at += 1;
    }
    cell += text.slice(from, at);
    if (cell.length > maxCellLength) throw new Error(`a quote on line ${rowLine} is not closed`);
    if (at < text.length) pending = text[at] as string;
    return at + 1;
  }

  function takePlain(text: string, from: number): number {
    const character = text[from] as string;
    if (character === '"' && cell === "") isQuoted = true;
    else if (character === delimiter) endCell();
    else if (character === "\n") {
      if (cell.endsWith("\r")) cell = cell.slice(0, -1);
      endRow();
      line += 1;
      rowLine = line;
    } else {
      let at = from + 1;
      while (at < text.length && text[at] !== delimiter && text[at] !== "\n") at += 1;
      cell += text.slice(from, at);
      return at;
    }
    return from + 1;
  }

  return {
    put(text) {
      for (let at = 0; at < text.length; ) {
        if (pending !== "" && takePending(text[at] as string)) at += 1;
        else at = isQuoted ? takeQuoted(text, at) : takePlain(text, at);
      }
    },
    end() {
      const cutOff = isQuoted && pending === "";
      if (cells.length > 0 || cell !== "") endRow();
      return { cutOff };
    },
  };
}

/** The rows of a complete text, at most `most` of them. */
export function rowsOf(text: string, dialect: CsvDialect, most = Number.POSITIVE_INFINITY): string[][] {
  const rows: string[][] = [];
  const csv = createCsv(dialect, (cells) => rows.push(cells));
  for (let at = 0; at < text.length && rows.length < most; at += 4096) csv.put(text.slice(at, at + 4096));
  if (rows.length < most) csv.end();
  return rows.slice(0, most);
}

/** Delimiters that programs use. */
const delimiters = [",", "\t", ";", "|"];

/**
 * The dialect of a table, recognized by its first two rows; undefined if it does not look like one.
 *
 * @param isTable whether the rows have the expected names or cells
 */
export function dialectOf(head: string, isTable: (rows: string[][]) => boolean): CsvDialect | undefined {
  // A JSON cell decides; inside one, the same characters may mean something else.
  const escape = /(?:^|[,;\t|\n])"[[{]\\"/.test(head) ? "\\" : '"';
  return delimiters
    .map((delimiter): CsvDialect => ({ delimiter, escape }))
    .find((dialect) => isTable(rowsOf(head, dialect, 2)));
}
