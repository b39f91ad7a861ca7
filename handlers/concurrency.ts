/**
 * Does `work` for every item, at most `most` at a time, in the order of the items. Never rejects because of an item: its
 * error is in the results, which have the same order, so one item's failure does not affect the others.
 */
export async function forEachAtMost<Item, Result>(
  most: number,
  items: Item[],
  work: (item: Item) => Promise<Result>,
): Promise<PromiseSettledResult<Result>[]> {
  const results: PromiseSettledResult<Result>[] = [];
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      const at = next++;
      try {
        results[at] = { status: "fulfilled", value: await work(items[at] as Item) };
      } catch (reason) {
        results[at] = { status: "rejected", reason };
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(most, items.length) }, worker));
  return results;
}
