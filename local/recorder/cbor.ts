/** Deeper than any message of AWS. */
const deepest = 64;

/**
 * Reads one CBOR value as services with the protocol `smithy-rpc-v2-cbor` send them. Byte strings become base64,
 * as in JSON; timestamps (tag 1) become dates.
 *
 * Source: https://www.rfc-editor.org/rfc/rfc8949
 *
 * @throws Error when the bytes are not one whole CBOR value
 */
export function decodeCbor(bytes: Buffer): unknown {
  let at = 0;

  function take(length: number): Buffer {
    if (at + length > bytes.length) throw new Error(`CBOR ends at byte ${bytes.length}, within a value`);
    at += length;
    return bytes.subarray(at - length, at);
  }

  function argument(info: number): number {
    if (info < 24) return info;
    if (info === 24) return take(1).readUInt8();
    if (info === 25) return take(2).readUInt16BE();
    if (info === 26) return take(4).readUInt32BE();
    if (info === 27) return Number(take(8).readBigUInt64BE());
    throw new Error(`CBOR has a length of kind ${info}, which is not defined`);
  }

  /** The items of a string, array or map, whose length is told before or by a break (0xff) after. */
  function each(info: number, read: () => void): void {
    if (info !== 31) {
      for (let left = argument(info); left > 0; left--) read();
      return;
    }
    while (bytes[at] !== 0xff) read();
    take(1);
  }

  function string(info: number, depth: number): Buffer {
    if (info !== 31) return take(argument(info));
    const parts: Buffer[] = [];
    each(info, () => parts.push(string(take(1).readUInt8() & 31, depth + 1)));
    return Buffer.concat(parts);
  }

  function special(info: number): unknown {
    if (info === 20 || info === 21) return info === 21;
    if (info === 22 || info === 23) return null;
    if (info === 25) return half(take(2).readUInt16BE());
    if (info === 26) return take(4).readFloatBE();
    if (info === 27) return take(8).readDoubleBE();
    throw new Error(`CBOR has a simple value ${info}, which is not defined`);
  }

  function value(depth: number): unknown {
    if (depth > deepest) throw new Error(`CBOR is nested deeper than ${deepest} values`);
    const first = take(1).readUInt8();
    const info = first & 31;
    switch (first >> 5) {
      case 0:
        return argument(info);
      case 1:
        return -1 - argument(info);
      case 2:
        return string(info, depth).toString("base64");
      case 3:
        return string(info, depth).toString("utf8");
      case 4: {
        const items: unknown[] = [];
        each(info, () => items.push(value(depth + 1)));
        return items;
      }
      case 5: {
        const entries: [string, unknown][] = [];
        each(info, () => entries.push([String(value(depth + 1)), value(depth + 1)]));
        return Object.fromEntries(entries);
      }
      case 6: {
        const tag = argument(info);
        const tagged = value(depth + 1);
        return tag === 1 && typeof tagged === "number" ? new Date(tagged * 1000) : tagged;
      }
      default:
        return special(info);
    }
  }

  const decoded = value(0);
  if (at !== bytes.length) throw new Error(`CBOR has ${bytes.length - at} bytes after its value`);
  return decoded;
}

function half(bits: number): number {
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  const sign = bits & 0x8000 ? -1 : 1;
  if (exponent === 0) return sign * 2 ** -24 * fraction;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * 2 ** (exponent - 25) * (1024 + fraction);
}
