import type { Call } from "../aws/call";
import type { Settings } from "../settings";
import { unlinked } from "./clean";

/**
 * A call as an AWS CLI command for a POSIX shell that is safe to paste, whoever chose the names in it. The whole input is
 * one JSON text in single quotes, in printable ASCII without single quotes: a shell or CLI finds nothing in it to run,
 * expand or read from a file, and a mail program finds no link.
 *
 * For another account it names a profile with that account's ID: a shell without one refuses it, so that the call is never
 * made in the wrong account.
 *
 * Source: https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-skeleton.html
 */
export function commandLineOf(call: Call): string {
  const service = call.service === "s3" ? "s3api" : call.service;
  const profile = call.account === undefined ? "" : ` --profile ${quoted(call.account)}`;
  return `aws ${service} ${kebab(call.operation)} --region ${quoted(call.region)}${profile} --cli-input-json '${asciiJson(call.input)}'`;
}

/** `SecurityGroupRuleIds` → `security-group-rule-ids`, `CreateDBInstance` → `create-db-instance`, as in the CLI. */
function kebab(name: string): string {
  return name
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1-$2")
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .toLowerCase();
}

/** JSON in printable ASCII without single quotes. Whatever a mail program might turn into a link is escaped, too. */
function asciiJson(value: unknown): string {
  return unlinked(JSON.stringify(value), escaped).replace(/[^\x20-\x7e]|'/g, escaped);
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/**
 * One of our own words (a finding's id, a region, a table) for a POSIX shell. Characters that such words cannot contain
 * become `?`: a record that has them names nothing that exists.
 */
export function quoted(word: string): string {
  if (/^[A-Za-z0-9_/:=.,@%+][A-Za-z0-9_/:=.,@%+-]*$/.test(word)) return word;
  return `'${word.replace(/[^\x20-\x7e]|'/g, "?")}'`;
}

/** What a stack is found by. */
export type StackNames = Pick<Settings, "table" | "region"> & {
  context?: Pick<Settings["context"], "ownResources">;
};

/** The options by which a verb that asks the function finds the stack. */
export function optionsOf({ table, region, context }: StackNames): string {
  const own = context?.ownResources.find((name) => name.split(":")[2] === "lambda");
  const named = own === undefined ? "" : ` --function ${quoted(own.slice(own.lastIndexOf(":") + 1))}`;
  return `--table ${quoted(table)}${named} --region ${quoted(region)}`;
}
