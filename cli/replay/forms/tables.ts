import { type Fields, fieldsOf, listOf, textOf } from "../../../handlers/json";
import { columnsOf } from "./columns";
import { type Form, holds, type Opened } from "./form";
import { setMember } from "./member";

/** The answer of Athena's GetQueryResults; the first row has the names. */
export const athenaResult: Form = {
  name: "Athena result",
  open(fields) {
    const { Rows, ResultSetMetadata } = fieldsOf(fields.ResultSet ?? fields);
    if (!Array.isArray(Rows) || !Rows.every((row) => Array.isArray(fieldsOf(row).Data))) return undefined;
    const rows = Rows.map((row) => listOf(fieldsOf(row).Data).map((cell) => fieldsOf(cell).VarCharValue));
    const named = listOf(fieldsOf(ResultSetMetadata).ColumnInfo).map(
      (column) => textOf(fieldsOf(column).Name) ?? "",
    );
    const names = named.length > 0 ? named : (rows[0] ?? []).map((name) => textOf(name) ?? "");
    const isHeader = (row: unknown[]) => row.every((cell, index) => cell === names[index]);
    return table(
      names,
      rows.filter((row) => !isHeader(row)),
    );
  },
};

/**
 * Column names beside rows of values: Log Analytics (Sentinel), Splunk's `json_rows` and `json_cols`, SQL in Elasticsearch
 * and OpenSearch, and many more.
 */
export const rows: Form = {
  name: "columns and rows",
  open(fields) {
    const tables = fields.tables ?? fields.Tables;
    if (Array.isArray(tables)) return { inside: tables };
    const names = [fields.columns, fields.Columns, fields.fields, fields.schema].map(namesOf).find(Boolean);
    if (names === undefined) return undefined;
    const found = [fields.rows, fields.Rows, fields.values, fields.datarows].find(isTable);
    if (found !== undefined) return table(names, found);
    const columns = isTable(fields.columns) ? fields.columns : undefined;
    if (columns === undefined || columns.length !== names.length) return undefined;
    const count = Math.max(0, ...columns.map(({ length }) => length));
    return table(
      names,
      Array.from({ length: count }, (_, row) => columns.map((column) => column[row])),
    );
  },
};

function table(names: string[], cells: unknown[][]): Opened {
  const missing = columnsOf(names)?.missing ?? [];
  const inside = cells.map((row) => objectOf(names, row));
  return missing.length === 0 ? { inside } : { inside, missing };
}

/** What a list is as a whole; undefined if each element stands for itself. */
export function wholeListOf(values: unknown[]): Opened | undefined {
  const items = values.map(fieldsOf);
  if (items.length === 0) return undefined;
  if (items.every(({ Data }) => Array.isArray(Data))) return athenaResult.open({ Rows: values });
  // A row of CloudWatch Logs Insights.
  if (items.every(({ field, value }) => typeof field === "string" && value !== undefined))
    return table(
      items.map(({ field }) => String(field)),
      [items.map(({ value }) => value)],
    );
  if (isLakeRow(items)) return { inside: [lakeRow(items)] };
  return isRowOfCells(values) ? { inside: values.filter(holds) } : undefined;
}

/** A row of a `--query` for several fields: a time and the text of a record, say. */
function isRowOfCells(values: unknown[]): boolean {
  return (
    values.every((value) => ["string", "number", "boolean"].includes(typeof value)) &&
    values.some(holds) &&
    !values.every(holds)
  );
}

/** A row of CloudTrail Lake's GetQueryResults: a list of objects with one column each. */
function isLakeRow(items: Fields[]): boolean {
  const names = items.map((item) => Object.keys(item));
  return (
    items.length > 1 &&
    names.every(({ length }) => length === 1) &&
    names.flat().some((name) => /^event/i.test(name))
  );
}

export function lakeRow(items: Fields[]): Fields {
  return Object.assign({}, ...items) as Fields;
}

/** Names are texts, or objects with a name. */
function namesOf(value: unknown): string[] | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const names = value.map(
    (one) => textOf(one) ?? textOf(fieldsOf(one).name) ?? textOf(fieldsOf(one).ColumnName),
  );
  return names.every((name) => name !== undefined) ? names : undefined;
}

function isTable(value: unknown): value is unknown[][] {
  return Array.isArray(value) && value.every((row) => Array.isArray(row));
}

/** A row as an object without empty cells. */
export function objectOf(names: string[], cells: unknown[]): Fields {
  const fields: Fields = {};
  for (const [index, name] of names.entries()) {
    const value = cells[index];
    if (value === undefined || value === null || value === "") continue;
    setMember(fields, name, value);
  }
  return fields;
}
