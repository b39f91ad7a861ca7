/** Something that is recognized but not supported, and what to do about it. */
interface Foreign {
  what: string;
  begins: RegExp;
}

/** Binary forms, by their first bytes as Latin-1. */
const binary: Foreign[] = [
  {
    what: "Parquet: convert it to JSON lines, for example with `duckdb -c \"COPY (FROM 'x.parquet') TO 'x.json'\"`",
    begins: /^PAR[1E]/,
  },
  {
    what: "ORC: convert it to JSON lines, for example with Athena's UNLOAD (format = 'JSON')",
    begins: /^ORC/,
  },
  { what: "Avro: convert it to JSON lines, for example with `avro-tools tojson`", begins: /^Obj\x01/ },
  { what: "xz: unpack it with `xz -d`", begins: /^\xfd7zXZ\0/ },
  { what: "LZMA: unpack it with `xz -d --format=lzma`", begins: /^\x5d\0\0[\0-\x80]\0/ },
  { what: "LZ4: unpack it with `lz4 -d`", begins: /^(?:\x04\x22\x4d\x18|\x02\x21\x4c\x18)/ },
  { what: "Snappy: unpack it with `snzip -d`", begins: /^\xff\x06\0\0sNaPpY/ },
  { what: "7-Zip: unpack it with `7z x`", begins: /^7z\xbc\xaf\x27\x1c/ },
  { what: "RAR: unpack it with `unrar x`", begins: /^Rar!\x1a\x07/ },
  { what: "compress (.Z): unpack it with `gzip -d`", begins: /^\x1f[\x9d\xa0]/ },
  { what: "lzip: unpack it with `lzip -d`", begins: /^LZIP/ },
  { what: "encrypted by OpenSSL: decrypt it first", begins: /^Salted__/ },
  { what: "encrypted by age: decrypt it first", begins: /^age-encryption\.org\// },
  {
    what: "encrypted by PGP: decrypt it first",
    begins: /^(?:-----BEGIN PGP MESSAGE-----|[\x84\x85\x8c][\x01-\x03\x0d\x5e])/,
  },
  {
    what: "encrypted by the AWS Encryption SDK: decrypt it first, with `aws-encryption-cli --decrypt`",
    begins: /^(?:\x01\x80[\0-\x05]|\x02[\x04\x05]\x78)/,
  },
  {
    what: "encrypted by AWS KMS: decrypt it first, with `aws kms decrypt`",
    begins: /^\x01\x02[\x01-\x03]\0\x78/,
  },
  { what: "an SQLite database: export the table as JSON", begins: /^SQLite format 3\0/ },
  { what: "a Windows event log", begins: /^ElfFile\0/ },
  { what: "a packet capture", begins: /^(?:\xd4\xc3\xb2\xa1|\xa1\xb2[\xc3\x3c][\xd4\x4d]|\x0a\x0d\x0d\x0a)/ },
  { what: "a PDF", begins: /^%PDF-/ },
  { what: "an image", begins: /^(?:\x89PNG|\xff\xd8\xff|GIF8|RIFF....WEBP)/s },
  { what: "an old Excel workbook: save its sheet as CSV", begins: /^\xd0\xcf\x11\xe0/ },
  { what: "a program", begins: /^(?:\x7fELF|MZ[\s\S]\0|\xcf\xfa\xed\xfe|\xca\xfe\xba\xbe)/ },
];

/** Texts known not to contain records, by their beginning. */
const texts: Foreign[] = [
  { what: "an S3 error instead of an object", begins: /^(?:<\?xml[^>]*>\s*)?<Error>/ },
  {
    what: "Splunk XML: export as JSON (`outputMode=json`)",
    begins: /^(?:<\?xml[^>]*\?>\s*)?<(?:results|response|!--)/,
  },
  { what: "an HTML page, perhaps a sign-in page", begins: /^<(?:!doctype html|html)/i },
  { what: "XML", begins: /^<\?xml|^<[A-Za-z][\w:-]*[\s>]/ },
  {
    what: "a Git LFS pointer: get the file itself with `git lfs pull`",
    begins: /^version https:\/\/git-lfs\.github\.com/,
  },
  { what: "encrypted by PGP: decrypt it first", begins: /^-----BEGIN PGP MESSAGE-----/ },
  { what: "encrypted by age: decrypt it first", begins: /^-----BEGIN AGE ENCRYPTED FILE-----/ },
  {
    what: "base64 of something encrypted by AWS KMS: decrypt it first, with `aws kms decrypt`",
    begins: /^(?:AQ[IE]CA[HQAD]|AQICAH)/,
  },
  {
    what: "base64 of something encrypted by the AWS Encryption SDK: decrypt it first, with `aws-encryption-cli --decrypt`",
    begins: /^(?:AYA[AB-F]|Ag[QRUV][4F])[A-Za-z0-9+/=\s]+$/,
  },
  { what: "encrypted by Ansible Vault: decrypt it first", begins: /^\$ANSIBLE_VAULT;/ },
];

/** Files that operating systems leave behind, in which nobody expects records. */
const litter: Foreign[] = [
  { what: "macOS folder settings", begins: /^\0\0\0\x01Bud1/ },
  { what: "macOS file attributes", begins: /^\0\x05\x16[\0\x07]/ },
];

/** What bytes are that are neither text nor a container; a general answer if their form is unknown. */
export function foreignBytes(head: Buffer): string | undefined {
  const begins = head.toString("latin1", 0, 64);
  const known = binary.find((one) => one.begins.test(begins));
  if (known !== undefined) return known.what;
  // Texts have hardly any control characters, and zeros only between their lines.
  const some = withoutFraming(head.subarray(0, 4096));
  const controls = some.filter((byte) => byte < 0x20 && byte !== 0x1e && (byte < 0x09 || byte > 0x0d)).length;
  return some.includes(0) || controls * 50 > some.length
    ? `bytes of an unknown format, which begin with ${head.toString("hex", 0, 8)} (encrypted, perhaps)`
    : undefined;
}

/**
 * Bytes without the zeros that end messages of GELF, or fill the beginning of a log that was truncated while somebody wrote to
 * it.
 */
function withoutFraming(bytes: Buffer): Buffer {
  const text = bytes.toString("latin1").replace(/^\0+(?=[^\0])|(?<=[}\]\n])\0+/g, "");
  return Buffer.from(text, "latin1");
}

/** What a text is that is known not to contain records. */
export function foreignText(head: string): string | undefined {
  return texts.find(({ begins }) => begins.test(head))?.what;
}

/** A file that an operating system has left behind. */
export function litterOf(head: Buffer): string | undefined {
  const begins = head.toString("latin1", 0, 16);
  return litter.find((one) => one.begins.test(begins))?.what;
}
