import { cidrOf } from "../../detections/readers/network";

/** Whether two CIDR blocks, or their absence, are the same network: EC2 treats 203.0.113.7/0 as 0.0.0.0/0. */
export function sameNetwork(a: unknown, b: unknown): boolean {
  const one = cidrOf(a);
  const other = cidrOf(b);
  return one?.first === other?.first && one?.last === other?.last && one?.version === other?.version;
}
