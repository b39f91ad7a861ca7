import type { Wanted } from "../../handlers/cloudtrail/reader/index";
import { createRandom, type Random } from "../random";

/** Event names and hints that the fuzzed reader looks for; the texts below try to hide them, or to look like them. */
export const fuzzWanted: Wanted = {
  events: [
    { name: "AttachUserPolicy" },
    { name: "AddPermission", inParameters: ["kali", "x"] },
    { name: "StopLogging", inParameters: ["ab", "omitted"] },
    { name: "Größe", inParameters: ["ab", "omitted"] },
    { name: "ListObjectsV2", inIdentity: ['"Root"', "kali"] },
    { name: "GetFunction", inParameters: ["x"], inIdentity: ["ab"] },
  ],
  hints: [
    { field: "errorCode", texts: ["AccessDenied"] },
    { field: "userIdentity", texts: ['"Root"', "ab"] },
    { field: "userAgent", texts: ["kali", "Pacu/", "é"] },
    {
      field: "userIdentity",
      texts: ["a"],
      and: { field: "sourceIPAddress", may: (address) => address.length % 2 === 0 },
    },
    {
      field: "readOnly",
      texts: ["false", "null"],
      and: { field: "awsRegion", may: (region) => region.includes("kal") },
    },
  ],
};

const names = [
  "AttachUserPolicy",
  "AddPermission20150331v2",
  "AddPermission20150331",
  "StopLogging",
  "StopLogging2",
  "ListObjectsV2",
  "GetFunction20150331v2_1",
  "DescribeInstances",
  "Größe",
  "\\u0041ttachUserPolicy",
  "Attach\\u0055serPolicy",
  "StopLogging\\u0000",
  "",
];

const keys = [
  "eventName",
  "eventName",
  "eventName",
  "event\\u004eame",
  "eventname",
  "eventNam",
  "eventNameX",
  '\\"eventName',
  "Records",
  "Record\\u0073",
  "eventVersion",
  "requestParameters",
  "errorCode",
  "errorCodes",
  "errorMessage",
  "error\\u0043ode",
  "userAgent",
  "userAgen",
  "userIdentity",
  "userIdentit",
  "sourceIPAddress",
  "awsRegion",
  "readOnly",
  "type",
  "__proto__",
  "ключ",
  "a",
  "",
];

const texts = [
  "Root",
  "root",
  "AccessDenied",
  "Client.AccessDenie",
  "Access\\u0044enied",
  "kali",
  "Kali kal",
  "Pacu/",
  "Pacu",
  "a",
  "ab",
  "é",
  "日本語テキスト",
  "😀",
  "\\ud83d\\ude00",
  "\\ud83d",
  '},{\\"eventVersion\\":\\"1.08\\"',
  '\\"eventName\\":\\"AttachUserPolicy\\"',
  "},{",
  "}]}",
  "[{",
  "\\\\",
  "\\\\\\\\",
  '\\\\\\"',
  '\\"',
  "\\n\\t\\/\\b\\f\\r",
  ":",
  ",",
  " ",
  "//",
  "x".repeat(61),
  "x".repeat(62),
  "x".repeat(63),
  "x".repeat(64),
  `${"\\\\".repeat(31)}`,
  `${"\\\\".repeat(32)}\\"`,
  `x${"\\\\".repeat(32)}`,
];

const scalars = [
  "0",
  "-0",
  "1",
  "-1.5e+10",
  "2E-7",
  "12345678901234567890",
  "0.1",
  "true",
  "false",
  "null",
  "1e5",
  "{}",
  "[]",
];

/** What JSON.parse refuses wherever a value is expected. */
const wrongScalars = [
  "01",
  "-",
  "+1",
  ".5",
  "1.",
  "1e",
  "tru",
  "truee",
  "nul",
  "NaN",
  "undefined",
  "'a'",
  '"\\x"',
  '"\\u12"',
  '"\t"',
  '"a\nb"',
  "{,}",
  "[1,]",
  '{"a"}',
  '{"a":}',
  '{"a":1,}',
  '{"a" "b"}',
  "{1:2}",
  '["a":1]',
  '{"a":1:2}',
  '{"a","b"}',
  "[1 2]",
  '["a""b"]',
  "[}",
  "{]",
  '"open',
  "\u0001",
  "\u000c1",
  "\ufeff1",
  "\u00a01",
];

/** Long values that recur, as in real log files: a reader may recognize them. */
const identities = ["Root", "Ro\\u006ft", "AssumedRole", "ab", "IAMUser"].flatMap((type) =>
  ["bob", "carol/i-0123"].map(
    (name) =>
      `{"type":"${type}","principalId":"AIDA${"0123456789".repeat(2)}:${name}","arn":"arn:aws:iam::111122223333:user/${name}","sessionContext":{"attributes":{"mfaAuthenticated":"false"},"list":[1,{},[]]}}`,
  ),
);
const agents = ["kali", "k\\u0061li", "Pacu", "é", "nothing"].map(
  (word) =>
    `"aws-sdk-java/2.25.31 ua/2.1 os/linux#5.10.230 md/appname#orders lang/java#17 ${word} {}[],: m/E,D"`,
);
/** Members at the end of records. */
const tails = ["ec2", "s3", "iam"].flatMap((service) =>
  ["", `,"__proto__":{"a":"b"}`, `,"readOnly":"false"`, `,"userIdentity":"ab"`].map(
    (more) =>
      `"eventType":"AwsApiCall","managementEvent":true,"recipientAccountId":"111122223333"${more},"eventCategory":"Management","tlsDetails":{"tlsVersion":"TLSv1.3","cipherSuite":"TLS_AES_128_GCM_SHA256","clientProvidedHostHeader":"${service}.us-west-2.amazonaws.com"}`,
  ),
);

/** The bytes of a log file, and how they arrive: mostly JSON, designed to be misread. The same for the same seed. */
export function fuzzedLogFile(seed: number): { bytes: Buffer; chunks: Buffer[] } {
  const random = createRandom(seed);
  const style = random.pick(["compact", "compact", "pretty", "wild"] as const);
  const wrong = random.chance(0.12) ? 0.05 : 0;
  const blank = () => {
    if (style === "compact") return "";
    if (style === "pretty") return random.pick(["", "\n  ", " "]);
    return random.pick(["", "", " ", "\n", "\t", "\r\n", "   ", " ".repeat(64)]);
  };
  const string = (from: readonly string[]) => {
    const parts = random.chance(0.8) ? 1 : random.below(4);
    return `"${Array.from({ length: parts }, () => random.pick(from)).join("")}"`;
  };
  const value = (depth: number): string => {
    if (random.chance(wrong)) return random.pick(wrongScalars);
    const kind = random.below(depth > 4 ? 6 : 10);
    if (kind < 4) return string(texts);
    if (kind < 6) return random.pick(scalars);
    if (kind < 8) return list("[", "]", random.below(4), () => value(depth + 1));
    return object(depth + 1, random.below(4));
  };
  const member = (depth: number) => {
    const key = string(keys);
    const named = key.includes("vent") && random.chance(0.8);
    return `${key}${blank()}:${blank()}${named ? string(names) : value(depth)}`;
  };
  const object = (depth: number, size: number) => list("{", "}", size, () => member(depth));
  const list = (open: string, close: string, size: number, item: () => string) =>
    `${open}${blank()}${Array.from({ length: size }, item).join(`${blank()},${blank()}`)}${blank()}${close}`;
  /** One of them, or one that differs in a byte. */
  const again = (from: readonly string[]) => {
    const text = random.pick(from);
    if (random.chance(0.8)) return text;
    const at = random.below(text.length);
    const other = random.pick(['"', "\\", "}", "{", ",", "x", "\\u0061", " ", "\n", "1", ""]);
    // Most of these are not JSON, and then the whole file is refused.
    return random.chance(0.2) ? text.slice(0, at) + other + text.slice(at + 1) : text.replace(/[a-z]/, "x");
  };
  const usual = () => {
    const some = (most: number) => Array.from({ length: random.below(most) }, () => member(0));
    return [
      ...some(2),
      `"userIdentity":${blank()}${again(identities)}`,
      `"eventName":${string(names)}`,
      ...some(2),
      ...(random.chance(0.7) ? [`"requestParameters":${blank()}${value(1)}`] : []),
      `"userAgent":${again(agents)}`,
      ...some(3),
      again(tails),
      ...(random.chance(0.2) ? some(3) : []),
    ];
  };
  const record = () => {
    if (random.chance(0.03)) return value(0);
    if (random.chance(0.3)) return `{${blank()}${usual().join(`${blank()},${blank()}`)}${blank()}}`;
    return object(0, random.below(random.chance(0.1) ? 30 : 6));
  };

  const records = list("[", "]", random.below(6), record);
  const members = [`"Records"${blank()}:${blank()}${random.chance(0.03) ? value(0) : records}`];
  while (random.chance(0.2)) members.splice(random.below(2), 0, member(0));
  const text = `${blank()}{${blank()}${members.join(`${blank()},${blank()}`)}${blank()}}${blank()}`;

  let bytes = Buffer.from(random.chance(0.01) ? `\ufeff${text}` : text, "utf8");
  while (random.chance(0.2)) bytes = mutated(bytes, random);
  return { bytes, chunks: cutUp(bytes, random) };
}

/** One change somewhere, as a broken writer or an attacker might make it. */
function mutated(bytes: Buffer, random: Random): Buffer<ArrayBuffer> {
  const at = random.below(bytes.length + 1);
  const length = random.below(random.chance(0.5) ? 2 : 40);
  const noise = Buffer.from(
    random.pick([
      '"',
      "\\",
      "{",
      "}",
      "[",
      "]",
      ":",
      ",",
      " ",
      "\n",
      "\0",
      "\u0001",
      "1",
      "a",
      "é",
      '"x"',
      "null",
      "}}",
    ]),
  );
  const before = bytes.subarray(0, at);
  switch (random.below(6)) {
    case 0:
      return Buffer.concat([before, bytes.subarray(at + length)]);
    case 1:
      return Buffer.concat([before, noise, bytes.subarray(at)]);
    case 2:
      return Buffer.concat([before, noise, bytes.subarray(at + noise.length)]);
    case 3:
      return Buffer.concat([before, bytes.subarray(at, at + length), bytes.subarray(at)]);
    case 4:
      return random.chance(0.5)
        ? Buffer.from(before)
        : Buffer.concat([before, Buffer.of(random.below(256)), bytes.subarray(at + 1)]);
    default:
      return Buffer.concat([bytes, noise]);
  }
}

function cutUp(bytes: Buffer, random: Random): Buffer[] {
  if (random.chance(0.3)) return [bytes];
  const most = random.pick([1, 3, 17, 64, 200]);
  const chunks: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const size = 1 + random.below(most);
    chunks.push(bytes.subarray(at, at + size));
    at += size;
  }
  return chunks;
}
