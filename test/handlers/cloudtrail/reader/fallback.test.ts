import { expect } from "chai";
import { once } from "node:events";
import {
  createReadInflatedLogFile,
  type LogFileLimits,
  type ReadLogFile,
} from "../../../../handlers/cloudtrail/reader/index";
import { aRecord } from "../../../support/factories";

const limits: LogFileLimits = { maxInflatedBytes: 1e6, maxRecordBytes: 1e6 };
const create = () => createReadInflatedLogFile({ events: [{ name: "AttachUserPolicy" }], hints: [] }, limits);

async function recordsOf(read: ReadLogFile, text: string): Promise<unknown[]> {
  const records: unknown[] = [];
  const content = async function* () {
    yield Buffer.from(text);
  };
  await read("a text", content(), { record: (record) => records.push(record) });
  return records;
}

/** Creates a reader on a different platform, and gets the warning about that. */
async function createWithout(
  webAssembly: unknown,
): Promise<{ read: ReadLogFile; warning: Error & { code?: string } }> {
  const warned = once(process, "warning") as Promise<[Error & { code?: string }]>;
  const platform = globalThis as { WebAssembly?: unknown };
  const { WebAssembly: before } = platform;
  platform.WebAssembly = webAssembly;
  try {
    const read = create();
    return { read, warning: (await warned)[0] };
  } finally {
    platform.WebAssembly = before;
  }
}

describe("the reader of log files where WebAssembly cannot be compiled", () => {
  const { CompileError } = WebAssembly;
  const platforms: Record<string, { webAssembly: unknown; says: RegExp }> = {
    "it is not there": { webAssembly: undefined, says: /WebAssembly/ },
    "it knows no vectors": {
      webAssembly: {
        Module: function Module() {
          throw new CompileError("Wasm SIMD unsupported");
        },
      },
      says: /Wasm SIMD unsupported/,
    },
  };
  for (const [name, { webAssembly, says }] of Object.entries(platforms))
    it(`reads the same, since ${name}, and warns`, async () => {
      const { read, warning } = await createWithout(webAssembly);
      expect(warning.code).equal("CLOUDTRAILER_PLAIN_READER");
      expect(warning.message)
        .match(/several times slower/)
        .and.match(says);
      const text = JSON.stringify({ Records: [aRecord(), aRecord({ eventName: "ListUsers" })] });
      expect(await recordsOf(read, text)).deep.equal([aRecord()]);
      const broken = `${text.slice(0, -3)},"a":tru}]}`;
      const problemOf = (reader: ReadLogFile) =>
        recordsOf(reader, broken).then(
          () => "none",
          (error: Error) => error.message,
        );
      expect(await problemOf(read))
        .match(/in record 2: expected JSON, found "}"/)
        .and.equal(await problemOf(create()));
    });
});
