import { fieldsOf, listOf, plainTextOf } from "../../json";

/** The member that gives a new resource the tags of the old one; nothing when it had none. Tags of AWS's own cannot be given. */
export function tagsFor(ResourceType: string, tags: unknown): Record<string, unknown> {
  const Tags = listOf(tags).filter((tag) => !plainTextOf(fieldsOf(tag).Key).startsWith("aws:"));
  return Tags.length === 0 ? {} : { TagSpecifications: [{ ResourceType, Tags }] };
}
