import { fieldsOf, listOf, plainTextOf } from "../../json";

/** The member that gives a new resource the old one's tags; empty if it had none. AWS's own tags cannot be set. */
export function tagsFor(ResourceType: string, tags: unknown): Record<string, unknown> {
  const Tags = listOf(tags).filter((tag) => !plainTextOf(fieldsOf(tag).Key).startsWith("aws:"));
  return Tags.length === 0 ? {} : { TagSpecifications: [{ ResourceType, Tags }] };
}
