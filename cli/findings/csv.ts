import { visible } from "../../handlers/visible";

/** Characters that start a formula in a spreadsheet; a name from a record could run one. */
const formula = /^[=+\-@\t\r]/;

/**
 * A row of CSV (RFC 4180). A text that a spreadsheet would take for a formula is prefixed with an apostrophe, and
 * invisible characters are escaped.
 *
 * Source: https://owasp.org/www-community/attacks/CSV_Injection
 */
export function csvRow(cells: readonly (string | number)[]): string {
  return cells
    .map((cell) => {
      if (typeof cell === "number") return String(cell);
      const safe = visible(formula.test(cell) ? `'${cell}` : cell, "\t\r\n");
      return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
    })
    .join(",");
}
