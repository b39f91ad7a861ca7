import { expect } from "chai";
import fc from "fast-check";
import { decodeCbor } from "../../local/recorder/cbor";
import { parseXml, xmlToJson } from "../../local/recorder/xml";

describe("XML of requests and answers", () => {
  it("resolves entities and character data", () => {
    const root = parseXml(
      '<?xml version="1.0"?><!-- c --><a b="&lt;1&gt;">x &amp; &#65;&#x42;<![CDATA[<c>]]></a>',
    );
    expect(root).to.deep.include({ name: "a", attributes: { b: "<1>" }, text: "x & AB<c>" });
  });

  it("writes elements as CloudTrail does", () => {
    const root = parseXml(
      '<P xmlns="u"><G><E xsi:type="Group">x</E></G><G><E>007</E><On>true</On></G><N>-12</N><Big>12345678901234567890</Big><Empty/></P>',
    );
    expect(xmlToJson(root)).to.deep.equal({
      xmlns: "u",
      G: [{ E: { "xsi:type": "Group", content: "x" } }, { E: "007", On: true }],
      N: -12,
      Big: "12345678901234567890",
      Empty: "",
    });
  });

  it("refuses what is not well-formed or too deep", () => {
    for (const text of ["", "no", "<a>", "<a></b>", "</a>", "<a>".repeat(100) + "</a>".repeat(100)]) {
      expect(() => parseXml(text), text).to.throw(/XML/);
    }
  });

  it("lets no element become the prototype of what is written", () => {
    const json = xmlToJson(parseXml("<a><__proto__><admin>true</admin></__proto__></a>"));
    expect(json).not.to.have.property("admin");
  });

  it("reads any text in time, or refuses it", () => {
    const piece = fc.constantFrom(
      "<",
      ">",
      "<a",
      "<a>",
      "</a>",
      "/>",
      '"',
      "'",
      "=",
      "&",
      "<![CDATA[",
      "]]>",
      "<!--",
      " x ",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        try {
          parseXml(pieces.join(""));
        } catch (error) {
          expect((error as Error).message).to.match(/XML/);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe("CBOR of requests and answers", () => {
  it("reads the examples of the standard", () => {
    const examples: [hex: string, value: unknown][] = [
      ["1903e8", 1000],
      ["3903e7", -1000],
      ["1b000000e8d4a51000", 1_000_000_000_000],
      ["f93e00", 1.5],
      ["fa47c35000", 100_000],
      ["fb3ff199999999999a", 1.1],
      ["f5", true],
      ["f6", null],
      ["c11a514b67b0", new Date("2013-03-21T20:04:00Z")],
      ["4401020304", "AQIDBA=="],
      ["6449455446", "IETF"],
      ["7f657374726561646d696e67ff", "streaming"],
      ["83010203", [1, 2, 3]],
      ["a26161016162820203", { a: 1, b: [2, 3] }],
      ["bf61610161629f0203ffff", { a: 1, b: [2, 3] }],
    ];
    for (const [hex, value] of examples)
      expect(decodeCbor(Buffer.from(hex, "hex")), hex).to.deep.equal(value);
  });

  it("refuses bytes that are not one whole value", () => {
    for (const hex of ["", "18", "6261", "0101", "bf6161", "81".repeat(100), "9b7fffffffffffffff", "fc"]) {
      expect(() => decodeCbor(Buffer.from(hex, "hex")), hex).to.throw(/CBOR/);
    }
  });
});
