import { matchesPattern } from "./pattern";
import { type AccountSettings, type Mode, modesUpwards, type Settings } from "./settings";

/** What knowing the accounts needs of the settings. */
export type AccountsOf = Pick<Settings, "account" | "accounts">;

/** Whether a stack looks after an account besides its own. */
export function isMember({ account: home, accounts = {} }: AccountsOf, account: string): boolean {
  return account !== home && Object.hasOwn(accounts, account) && accounts[account]?.member === true;
}

/** The members: 12 digits each. */
export function membersOf(settings: AccountsOf): string[] {
  return Object.keys(settings.accounts ?? {}).filter((account) => isMember(settings, account));
}

/** The folder of an account's log files and digests in the bucket: that of the stack's own account, but for its last name. */
export function logFolderIn(
  { account: home, prefix }: Pick<Settings, "account" | "prefix">,
  account: string,
): string {
  return `${prefix.slice(0, -`${home}/`.length)}${account}/`;
}

/** An account's own settings; those of the first pattern that matches its ID or name, and its name. */
export function accountSettings(
  { accounts = {} }: Pick<Settings, "accounts">,
  account: string,
): AccountSettings {
  return Object.hasOwn(accounts, account) ? (accounts[account] ?? {}) : {};
}

/** The account for people: `222233334444 (payments)`. */
export function accountName(settings: Pick<Settings, "accounts">, account: string): string {
  const { name } = accountSettings(settings, account);
  return name === undefined ? account : `${account} (${name})`;
}

/** The highest mode of any account: what the role's permissions are for. */
export function highestMode({ mode, accounts = {} }: Pick<Settings, "mode" | "accounts">): Mode {
  const all = [mode, ...Object.values(accounts).flatMap((one) => one.mode ?? [])];
  return modesUpwards[Math.max(...all.map((one) => modesUpwards.indexOf(one)))] ?? mode;
}

/** The settings of an account by patterns of IDs and names; what is named last wins nothing: the first that matches holds. */
export function settingsByPattern(
  entries: Record<string, { mode?: Mode; name?: string }>,
  account: string,
  name: string | undefined,
): { mode?: Mode; name?: string } {
  const exact = Object.hasOwn(entries, account) ? entries[account] : undefined;
  const its = name ?? exact?.name;
  const matching = Object.entries(entries).filter(
    ([pattern]) => matchesPattern(pattern, account) || (its !== undefined && matchesPattern(pattern, its)),
  );
  const mode = exact?.mode ?? matching.find(([, entry]) => entry.mode !== undefined)?.[1].mode;
  return { ...(mode === undefined ? {} : { mode }), ...(its === undefined ? {} : { name: its }) };
}
