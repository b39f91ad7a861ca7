import type { Partition } from "../../handlers/aws/regions";

/** The regions that represent AWS's first partition: `us-east-1`, where global services are, and another. */
export const places = {
  aws: ["us-east-1", "eu-west-1"],
  "aws-cn": ["cn-north-1", "cn-northwest-1"],
  "aws-us-gov": ["us-gov-west-1", "us-gov-east-1"],
} as const satisfies Partial<Record<Partition, [globals: string, others: string]>>;

/** A partition that remediations are tested in. */
export type TestedPartition = keyof typeof places;

const regions =
  /\b(?:af|ap|ca|cn|eu|me|sa|us|us-gov)-(?:(?:north|south)?(?:east|west)|north|south|central)-\d\b/g;

/**
 * A partition's counterpart of something in another one: all regions and ARNs in its texts are of the partition.
 *
 * @param other the region that represents all but those of global services
 */
export function movedTo<Value>(
  partition: TestedPartition,
  value: Value,
  other: string = places[partition][1],
): Value {
  const globals: string[] = Object.values(places).map(([home]) => home);
  const moved = (one: unknown): unknown => {
    // AWS's first partition's own name for a region.
    if (one === "EU" && partition !== "aws") return other;
    if (typeof one === "string")
      return one
        .replaceAll(regions, (region) => (globals.includes(region) ? places[partition][0] : other))
        .replaceAll(/\barn:aws[a-z-]*:/g, `arn:${partition}:`);
    if (Array.isArray(one)) return one.map(moved);
    if (typeof one !== "object" || one === null || Object.getPrototypeOf(one) !== Object.prototype)
      return one;
    return Object.fromEntries(Object.entries(one).map(([key, inner]) => [moved(key), moved(inner)]));
  };
  return moved(value) as Value;
}
