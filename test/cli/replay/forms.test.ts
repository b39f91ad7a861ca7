import { expect } from "chai";
import { aFolder, essenceOf, someRecords, withoutSource } from "./support";
import { encodings, wrappers, writers } from "./writers";

describe("replay reads records in every form", () => {
  let folder: ReturnType<typeof aFolder>;
  let expected: Awaited<ReturnType<typeof folder.findings>>["found"];
  before(async () => {
    folder = aFolder();
    expected = (await folder.findings(folder.put("plain", JSON.stringify({ Records: someRecords })))).found;
    expect(expected.length).equal(3);
  });
  after(() => folder.remove());

  for (const { form, write, isLossy, hasNote } of writers)
    it(form, async () => {
      const { code, err, found } = await folder.findings(folder.put("data", write(someRecords)));
      if (isLossy) expect(essenceOf(found)).deep.equal(essenceOf(expected));
      else expect(withoutSource(found)).deep.equal(withoutSource(expected));
      expect(err.length, err.join("\n")).equal(hasNote ? 1 : 0);
      expect(code).equal(0);
    });

  for (const [wrapper, wrap] of Object.entries(wrappers))
    for (const { form, write, hasNote } of writers.filter((_, index) => index % 12 === 0))
      it(`${form} in ${wrapper}`, async () => {
        const { code, err, found } = await folder.findings(folder.put("data", wrap(write(someRecords))));
        expect(err.length, err.join("\n")).equal(hasNote ? 1 : 0);
        expect(essenceOf(found)).deep.equal(essenceOf(expected));
        expect(code).equal(0);
      });

  const all = Object.entries(encodings);
  for (const [index, { form, write, hasNote }] of writers.entries()) {
    const [encoding, encode] = all[index % all.length] as (typeof all)[number];
    it(`${form} in ${encoding}`, async () => {
      const path = folder.put("data", encode(String(write(someRecords))));
      const { code, err, found } = await folder.findings(path);
      expect(err.length, err.join("\n")).equal(hasNote ? 1 : 0);
      expect(essenceOf(found)).deep.equal(essenceOf(expected));
      expect(code).equal(0);
    });
  }
});
