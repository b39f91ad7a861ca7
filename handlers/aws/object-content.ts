import type { CallAws } from "./call";
import { isPassing } from "./retries";
import { fieldsOf, plainTextOf, textOf } from "../json";

/** Bytes per request, held until the reader has taken them. */
export const pieceBytes = 8 * 1024 ** 2;

/** How often a piece is requested if its body breaks off or is too slow; for errors, the SDK retries. */
const maxTries = 3;

/** How long the body of a piece may take, in ms. A healthy one takes a tenth of a second. */
const bodyTimeout = 30_000;

/** Where an object is. */
export interface ObjectPlace {
  region: string;
  bucket: string;
  key: string;
  /** Called with the time at which it was written, epoch ms, and the entity tag that it has since, without quotes. */
  written?(at: number, tag: string): void;
}

/** Which bytes of an object to request: from there on, of the version with that ETag. */
interface Wanted {
  from: number;
  tag?: string | undefined;
}

interface Piece {
  chunks: Uint8Array[];
  bytes: number;
  /** Size of the whole object. */
  total: number;
  tag?: string | undefined;
}

/**
 * The bytes of an object in S3, piece by piece. The reader may take any time for each, because no connection stays open
 * meanwhile. A body that breaks off or does not end is requested again.
 *
 * @param timeout how long the body of a piece may take, in ms
 */
export async function* contentOf(
  aws: CallAws,
  place: ObjectPlace,
  timeout: number = bodyTimeout,
): AsyncGenerator<Uint8Array, void> {
  const wanted: Wanted = { from: 0 };
  for (;;) {
    const piece = await pieceOf(aws, place, wanted, timeout);
    yield* piece.chunks;
    wanted.from += piece.bytes;
    if (wanted.from >= piece.total || piece.bytes === 0) return;
    // Of the same object, in case it is overwritten meanwhile.
    wanted.tag = piece.tag;
  }
}

async function pieceOf(aws: CallAws, place: ObjectPlace, wanted: Wanted, timeout: number): Promise<Piece> {
  for (let tries = 1; ; tries++) {
    const answer = await answerTo(aws, place, wanted);
    if (answer === undefined) return { chunks: [], bytes: 0, total: 0 };
    place.written?.(new Date(answer.LastModified as string | Date).getTime(), plainTagOf(answer.ETag));
    const body = answer.Body as AsyncIterable<Uint8Array> & { destroy?(error: Error): void };
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    const timer = setTimeout(
      () =>
        body.destroy?.(
          Object.assign(new Error(`${bytes} bytes came in ${timeout} ms`), { name: "TimeoutError" }),
        ),
      timeout,
    );
    try {
      for await (const chunk of body) {
        chunks.push(chunk);
        bytes += chunk.length;
      }
      return { chunks, bytes, total: totalIn(answer, wanted.from + bytes), tag: textOf(answer.ETag) };
    } catch (error) {
      if (tries >= maxTries || !isPassing(error)) throw error;
    } finally {
      clearTimeout(timer);
    }
  }
}

/** An entity tag without the quotes that S3 writes. */
export function plainTagOf(tag: unknown): string {
  return plainTextOf(tag).replace(/"/g, "");
}

/** Undefined for an empty object, which has no ranges. */
async function answerTo(
  aws: CallAws,
  { region, bucket, key }: ObjectPlace,
  { from, tag }: Wanted,
): Promise<Record<string, unknown> | undefined> {
  try {
    return await aws({
      service: "s3",
      operation: "GetObject",
      region,
      input: {
        Bucket: bucket,
        Key: key,
        Range: `bytes=${from}-${from + pieceBytes - 1}`,
        ...(tag === undefined ? {} : { IfMatch: tag }),
      },
    });
  } catch (error) {
    if (from === 0 && plainTextOf(fieldsOf(error).name) === "InvalidRange") return undefined;
    throw error;
  }
}

/** From `bytes 0-8388607/20000000`; an answer without it is the whole object. */
function totalIn({ ContentRange }: Record<string, unknown>, otherwise: number): number {
  const total = Number(textOf(ContentRange)?.split("/")[1]);
  return Number.isNaN(total) ? otherwise : total;
}
