"use strict";

/*
 * Measures one way to read log files, in its own process, alternating with inflating them in a stream, which is the yardstick
 * for comparing processes:
 *
 *     node run.js '{"way":"source","files":["a.json.gz"],"rounds":5}'
 *
 * Prints one line of JSON. Ways: `gunzip` (in one call), `parse` (the same, and JSON.parse), `source`, and `serialized` with
 * the file `text`.
 */

const { createReadStream, readFileSync } = require("node:fs");
const { pipeline } = require("node:stream/promises");
const { createGunzip, gunzipSync } = require("node:zlib");
const { peakBytes } = require("./peak.js");

/** Chunks, pieces and read-ahead as in the reader: Node's fastest way to inflate. */
const chunkSize = 256 * 1024;
const highWaterMark = 4 * chunkSize;

/**
 * Frees chunks that were read, as the reader does. Otherwise the garbage collector would run every few chunks, but how often
 * depends on what else the process holds: too unsteady a yardstick.
 */
const { port1: closed } = new MessageChannel();
closed.close();
const free = (buffer) => closed.postMessage(null, [buffer]);

/** Inflates and discards. */
async function inflateInStream(file) {
  const pieces = createReadStream(file, { highWaterMark });
  let last = new ArrayBuffer(0);
  await pipeline(pieces, createGunzip({ chunkSize, highWaterMark }), async (chunks) => {
    for await (const { buffer, byteOffset, byteLength } of chunks) {
      last = buffer;
      if (byteOffset + byteLength === chunkSize) free(buffer);
    }
  });
  free(last);
}

const ways = {
  async gunzip() {
    return (file) => ({ bytes: gunzipSync(readFileSync(file)).length });
  },
  async parse() {
    return (file) => {
      const { Records } = JSON.parse(gunzipSync(readFileSync(file)).toString("utf8"));
      return { records: Records.length };
    };
  },
  async source() {
    require("../cli/typescript.js").register();
    const read = require("./subject.ts").createReadAndDetect();
    return (file) => read(file, createReadStream(file));
  },
  async serialized({ text }) {
    const read = require(text).handler;
    return (file) => read(file, createReadStream(file));
  },
};

async function milliseconds(work) {
  const start = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - start) / 1e6;
}

async function main() {
  const { way, files, rounds, ...rest } = JSON.parse(process.argv[2]);
  let read;
  const start = await milliseconds(async () => {
    read = await ways[way](rest);
  });
  const result = { start, stream: [], work: [], records: 0, bytes: 0, parsed: 0, hits: 0, rss: 0 };
  // The first rounds warm up the engine's compilers, which run in parallel; they do not count.
  for (let round = -2; round < rounds; round += 1) {
    const totals = { records: 0, bytes: 0, parsed: 0, hits: 0 };
    const stream = await milliseconds(async () => {
      for (const file of files) await inflateInStream(file);
    });
    const work = await milliseconds(async () => {
      for (const file of files) {
        const pass = await read(file);
        for (const name of Object.keys(totals)) totals[name] += pass[name] ?? 0;
      }
    });
    Object.assign(result, totals);
    if (round < 0) continue;
    result.stream.push(stream);
    result.work.push(work);
  }
  result.rss = peakBytes();
  console.log(JSON.stringify(result));
}

main().catch((error) => {
  console.log(JSON.stringify({ error: error.message }));
});
