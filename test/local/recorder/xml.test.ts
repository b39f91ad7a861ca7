import { expect } from "chai";
import fc from "fast-check";
import { parseXml, xmlToJson } from "../../../local/recorder/xml";

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
