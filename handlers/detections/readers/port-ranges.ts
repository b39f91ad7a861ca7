import { numberOf, objectsOf } from "../../cloudtrail/parameters";

/** Ports that EMR's public access block lets through, both ends included. */
export interface PortRange {
  min: number;
  max: number;
}

/** The permitted ranges of a public access block: in a record (`minRange`), or in an answer of EMR (`MinRange`). */
export function portRangesOf(ranges: unknown): PortRange[] {
  return objectsOf(ranges).flatMap(({ minRange, maxRange, MinRange = minRange, MaxRange = maxRange }) => {
    const min = numberOf(MinRange);
    // A range without an end is one port.
    return min === undefined ? [] : [{ min, max: numberOf(MaxRange) ?? min }];
  });
}

/** Whether nothing much is left that the block blocks. */
export function isOfMostPorts({ min, max }: PortRange): boolean {
  return max - min >= 32_768;
}
