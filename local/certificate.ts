import { createSign, generateKeyPairSync, type KeyObject, randomBytes } from "node:crypto";

/** A key with its certificate. */
export interface Certified {
  privateKey: KeyObject;
  /** X.509, PEM. */
  certificate: string;
}

/** One value in DER: its tag, its length, its content. */
function der(tag: number, ...content: (Buffer | Uint8Array)[]): Buffer {
  const body = Buffer.concat(content);
  const { length } = body;
  if (length < 128) return Buffer.concat([Buffer.from([tag, length]), body]);
  const bytes = Buffer.from(length.toString(16).padStart(length > 255 ? 4 : 2, "0"), "hex");
  return Buffer.concat([Buffer.from([tag, 0x80 | bytes.length]), bytes, body]);
}

const sequence = (...content: Buffer[]) => der(0x30, ...content);
const oid = (hex: string) => der(0x06, Buffer.from(hex, "hex"));
const sha256WithRsa = sequence(oid("2a864886f70d01010b"), der(0x05));

/** UTCTime. */
function timeOf(at: Date): Buffer {
  return der(0x17, Buffer.from(`${at.toISOString().replace(/[-:T]/g, "").slice(2, 14)}Z`));
}

function nameOf(commonName: string): Buffer {
  return sequence(der(0x31, sequence(oid("550403"), der(0x0c, Buffer.from(commonName)))));
}

/**
 * Creates an RSA key and a certificate that it signs itself, as embedded AWS signs notifications with. Valid for ten years.
 *
 * Source: https://www.rfc-editor.org/rfc/rfc5280#section-4.1
 */
export function selfSigned(commonName: string): Certified {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const from = new Date(Date.now() - 86_400_000);
  const until = new Date(Date.now() + 3_650 * 86_400_000);
  const serial = randomBytes(8);
  // A positive number of as few bytes as it needs.
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40;
  const body = sequence(
    der(0x02, serial),
    sha256WithRsa,
    nameOf(commonName),
    sequence(timeOf(from), timeOf(until)),
    nameOf(commonName),
    publicKey.export({ type: "spki", format: "der" }),
  );
  const signature = createSign("sha256").update(body).sign(privateKey);
  const whole = sequence(body, sha256WithRsa, der(0x03, Buffer.from([0]), signature));
  const base64 = whole.toString("base64").replace(/.{64}/g, "$&\n").trimEnd();
  return { privateKey, certificate: `-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----\n` };
}
