import { eventTimeOf } from "../cloudtrail/event-time";
import type { Finding } from "../detections/finding";

/**
 * Parts findings into groups: those that may be about the same thing are in one, in the order of their calls, and are to
 * be handled one after another. A plan starts from the live state: made side by side, two plans for one bucket's policy
 * or public access block would each write back what the other has just taken out.
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
    // It is about several things that had groups of their own.
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

/** One thing goes by its name and by its ARN, so that the last part of each is compared: too much in one group does no harm. */
export function namesOf({ match }: Pick<Finding, "match">): string[] {
  return match.resources.map(({ id }) => id.slice(Math.max(id.lastIndexOf("/"), id.lastIndexOf(":")) + 1));
}

/** By the time of the call; CloudTrail gives whole seconds, so that the order in the log file decides as well. */
function inOrder(findings: Finding[]): Finding[] {
  return findings
    .map((finding) => ({ finding, at: eventTimeOf(finding.record) }))
    .sort((a, b) => a.at - b.at || 0)
    .map(({ finding }) => finding);
}
