import { accountOf } from "../cloudtrail/record";
import type { KeepBaselinesOf, Kept, Noticed } from "./keep";

/**
 * Keepers of baselines of several accounts as one: each record and finding goes to that of its account. What belongs to
 * another account is not kept, and its state is unknown.
 *
 * @param keepers by account
 */
export function noticeByAccount(keepers: Map<string, Pick<KeepBaselinesOf, "notice">>): () => Noticed {
  return () => {
    const noticed = new Map([...keepers].map(([account, keeper]) => [account, keeper.notice()] as const));
    return {
      note: (record) => noticed.get(accountOf(record))?.note(record),
      before: async (finding, key) => noticed.get(accountOf(finding.record))?.before(finding, key),
      reverted: async (finding, keys) => noticed.get(accountOf(finding.record))?.reverted(finding, keys),
      async look(remaining) {
        const all: Kept[] = [];
        for (const one of noticed.values()) {
          const kept = await one.look(remaining);
          if (kept !== undefined) all.push(kept);
        }
        return all.length === 0 ? undefined : all.reduce(together);
      },
    };
  };
}

function together(a: Kept, b: Kept): Kept {
  return {
    seen: a.seen + b.seen,
    written: a.written + b.written,
    passedOver: a.passedOver + b.passedOver,
    problems: [...a.problems, ...b.problems],
  };
}
