import { expect } from "chai";
import {
  createReadInflatedLogFile,
  type LogFileLimits,
  type ReadLogFile,
  type Wanted,
} from "../../../../handlers/cloudtrail/reader/index";
import type { CloudTrailRecord } from "../../../../handlers/cloudtrail/record";
import { aRecord } from "../../../support/factories";

const limits: LogFileLimits = { maxInflatedBytes: 1e9, maxRecordBytes: 4e6 };
const anyone: Wanted = { events: [{ name: "AttachUserPolicy" }], hints: [] };
const logFile = (...texts: string[]) => `{"Records":[${texts.join(",")}]}`;
const create = () => createReadInflatedLogFile(anyone, limits);

/** What is passed on from a text; undefined if it is refused. */
async function read(text: string, reader: ReadLogFile = create()): Promise<CloudTrailRecord[] | undefined> {
  const handedOn: CloudTrailRecord[] = [];
  const content = async function* () {
    yield Buffer.from(text);
  };
  return reader("a text", content(), { record: (record) => handedOn.push(record) }).then(
    () => handedOn,
    () => undefined,
  );
}

/** The same by JSON.parse. */
function parsed(text: string): CloudTrailRecord[] | undefined {
  try {
    const { Records } = JSON.parse(text) as { Records: CloudTrailRecord[] };
    return Records.filter(({ eventName }) => eventName === "AttachUserPolicy");
  } catch {
    return undefined;
  }
}

describe("the reader of log files, with recurring values", () => {
  const usual = aRecord({
    userAgent: `aws-sdk-java/2.25.31 ${"md/x ".repeat(20)}`,
    tlsDetails: {
      tlsVersion: "TLSv1.3",
      cipherSuite: "TLS_AES_128_GCM_SHA256",
      clientProvidedHostHeader: "iam.amazonaws.com",
    },
  });
  const text = JSON.stringify(usual);

  it("reads every one, and parses them once", async () => {
    const [first, second, third] = (await read(logFile(text, text, text))) as CloudTrailRecord[];
    for (const record of [first, second, third]) {
      expect(record).deep.equal(usual);
      expect(Object.keys(record as object)).deep.equal(Object.keys(usual));
    }
    expect(second?.userIdentity).equal(third?.userIdentity);
    expect(second?.tlsDetails).equal(third?.tlsDetails);
  });

  it("is not misled by one that differs in a byte", async () => {
    const reader = create();
    for (let at = 0; at < text.length; at += 1)
      for (const other of ['"', "\\", "}", "x", " ", "\n", ""]) {
        const changed = `${text.slice(0, at)}${other}${text.slice(at + 1)}`;
        const file = logFile(text, text, changed, text);
        expect(await read(file, reader), changed).deep.equal(parsed(file));
      }
  });

  const additions: Record<string, string> = {
    "what comes behind them": ',"x":1',
    "a key behind them that is looked for": ',"userIdentity":{"type":"Root"}',
    "one of their keys behind them": ',"eventType":"AwsServiceEvent","tlsDetails":null',
    "a prototype": ',"__proto__":{"eventName":"x"}',
    "an escaped key": ',"event\\u004eame":"x"',
  };
  for (const [name, addition] of Object.entries(additions))
    it(`is not misled by ${name}`, async () => {
      const more = `${text.slice(0, -1)}${addition}}`;
      const file = logFile(text, more, more, text, more);
      const handedOn = (await read(file)) as CloudTrailRecord[];
      expect(handedOn).deep.equal(parsed(file));
      expect(handedOn.map((record) => Object.keys(record))).deep.equal(
        parsed(file)?.map((record) => Object.keys(record)),
      );
      for (const record of handedOn) expect(Object.getPrototypeOf(record)).equal(Object.prototype);
    });
});
