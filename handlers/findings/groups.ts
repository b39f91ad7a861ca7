import { eventTimeOf } from "../cloudtrail/event-time";
import type { Finding } from "../detections/finding";

/**
 * Groups findings that may be about the same resource, in the order of their calls, to be handled one after another. A
 * plan starts from the live state: two concurrent plans for a bucket's policy or public access block would each write back
 * what the other has just removed.
 */
export function inGroups(findings: Finding[]): Finding[][] {
  const groups = new Set<Finding[]>();
  const groupOf = new Map<string, Finding[]>();
  for (const finding of findings) {
    const names = namesOf(finding);
    const met = new Set<Finding[]>();
    for (const name of names) {
      const group = groupOf.get(name);
      if (group !== undefined) met.add(group);
    }
    const [group = [], ...others] = met;
    group.push(finding);
    groups.add(group);
    for (const name of names) groupOf.set(name, group);
    // It joins groups that were separate until now.
    for (const other of others) {
      for (const one of other) {
        group.push(one);
        for (const name of namesOf(one)) groupOf.set(name, group);
      }
      groups.delete(other);
    }
  }
  return [...groups].map(inOrder);
}

/** A resource may go by its name or its ARN, so the last part of each is compared. A group that is too large does no harm. */
export function namesOf({ match }: Pick<Finding, "match">): string[] {
  return match.resources.map(({ id }) => id.slice(Math.max(id.lastIndexOf("/"), id.lastIndexOf(":")) + 1));
}

/** By the time of the call. CloudTrail gives whole seconds, so the order in the log file breaks ties. */
function inOrder(findings: Finding[]): Finding[] {
  return findings
    .map((finding) => ({ finding, at: eventTimeOf(finding.record) }))
    .sort((a, b) => a.at - b.at || 0)
    .map(({ finding }) => finding);
}
