import { isPassing } from "../aws/retries";
import type { Finding } from "../detections/finding";
import { problemOfCall } from "../problem";
import type { Only } from "../settings";
import { covers } from "./exceptions";
import type { TagVerdict } from "./tags";

/**
 * Why a detection's `only` withholds the fix of a finding; undefined if it does not.
 *
 * @throws a passing error while the tag is read
 */
export async function whyNotOnly(
  finding: Finding,
  only: Only,
  tagVerdict: (tag: string) => Promise<TagVerdict>,
): Promise<string | undefined> {
  const { tag, ...patterns } = only;
  const stated = JSON.stringify(only);
  const asException = { ...patterns, detection: "*", reason: "only", owner: "only", until: "9999-12-31" };
  if (!covers(asException, finding)) return `only what matches ${stated} is fixed`;
  if (tag === undefined) return undefined;
  try {
    const verdict = await tagVerdict(tag);
    if (!verdict.has) return `only what has the tag ${tag} is fixed`;
    return verdict.counts
      ? undefined
      : `only what has the tag ${tag} is fixed, and it is ignored: ${verdict.why}`;
  } catch (error) {
    if (isPassing(error)) throw error;
    return `only what has the tag ${tag} is fixed, and it could not be checked: ${problemOfCall(error)}`;
  }
}
