import type { Table } from "../aws/table";
import { logFileNameOf } from "../cloudtrail/digest";

/** A log file as it was when it was read. */
export interface ReadLogFile {
  key: string;
  /** SHA-256 of the uncompressed content, hexadecimal. */
  hash: string;
  /** The object's entity tag, without quotes. */
  tag: string;
}

/** What is known of a log file that was read. */
export type ReadAs = Omit<ReadLogFile, "key">;

/** Remembers which log files were read, and how they were then: an item of the table for each account, region and hour. */
export interface ReadFiles {
  /** Notes that log files were read and handled. What is no log file's key is left out: no digest lists it. */
  note(files: ReadLogFile[]): Promise<void>;
  /**
   * How log files were when they were read, of those among `keys` that were. More than one where a file was read again and
   * was another.
   */
  lookUp(keys: string[]): Promise<Map<string, ReadAs[]>>;
}

/** What a remembered file is written as: `20150817T1445Z_9nYN7gp2eWAJHIfT hash tag`. */
const gap = " ";

/**
 * CloudTrail writes some dozen files in an hour, and an item has room for some thousand (400 KB). Should an account have
 * more, another item goes on.
 */
const maxItems = 8;

/** An item with fewer files than that is not full. */
const manyFiles = 1_000;

/** Makes the memory of log files. @param days how long it lasts @param now epoch ms */
export function createReadFiles(
  table: Pick<Table, "get" | "update">,
  { days, now }: { days: number; now: () => number },
): ReadFiles {
  const add = async (hour: string, files: string[]): Promise<void> => {
    const expiresAt = { N: String(Math.floor(now() / 1000) + days * 86_400) };
    for (let part = 1; ; part++) {
      try {
        await table.update(idOf(hour, part), { set: { expiresAt }, add: { files: { SS: files } } });
        return;
      } catch (error) {
        const { name, message } = error as Error;
        const isFull = name === "ValidationException" && /size/i.test(message);
        if (!isFull || part === maxItems) throw error;
      }
    }
  };

  const readOf = async (hour: string): Promise<string[]> => {
    const files: string[] = [];
    for (let part = 1; part <= maxItems; part++) {
      const { files: found } = await table.get(idOf(hour, part));
      files.push(...(found?.SS ?? []));
      if ((found?.SS ?? []).length < manyFiles) break;
    }
    return files;
  };

  return {
    async note(files) {
      for (const [hour, all] of byHour(files)) {
        const written = all.map(({ name, hash, tag }) => [name, hash, tag].join(gap));
        await add(hour, [...new Set(written)]);
      }
    },

    async lookUp(keys) {
      const found = new Map<string, ReadAs[]>();
      for (const [hour, all] of byHour(keys.map((key) => ({ key })))) {
        const known = new Map<string, ReadAs[]>();
        for (const text of await readOf(hour)) {
          const [name = "", hash = "", tag = ""] = text.split(gap);
          known.set(name, [...(known.get(name) ?? []), { hash, tag }]);
        }
        for (const { key, name } of all) {
          const as = known.get(name);
          if (as !== undefined) found.set(key, as);
        }
      }
      return found;
    },
  };
}

function idOf(hour: string, part: number): string {
  return part === 1 ? `digest#${hour}` : `digest#${hour}#${part}`;
}

/** By account, region and hour, as they are in the table: `111122223333#us-west-2#2026-05-04T10`. */
function byHour<File extends { key: string }>(files: File[]): Map<string, (File & { name: string })[]> {
  const hours = new Map<string, (File & { name: string })[]>();
  for (const file of files) {
    const named = logFileNameOf(file.key);
    if (named === undefined || Number.isNaN(named.at)) continue;
    const { account, region, name, at } = named;
    const hour = [account, region, new Date(at).toISOString().slice(0, 13)].join("#");
    hours.set(hour, [...(hours.get(hour) ?? []), { ...file, name }]);
  }
  return hours;
}
