/** A block of addresses. */
export interface Cidr {
  version: 4 | 6;
  /** The first address of the block, as a number. */
  first: bigint;
  /** The last address of the block, as a number. */
  last: bigint;
  /** Length of the prefix, 0 to 32 or 128. */
  prefix: number;
}

/** Reads `203.0.113.0/24`, `2001:db8::/32` or a single address; undefined for anything else. */
export function cidrOf(text: unknown): Cidr | undefined {
  if (typeof text !== "string" || text.length > 49) return undefined;
  const slash = text.indexOf("/");
  const address = addressOf(slash < 0 ? text : text.slice(0, slash));
  if (address === undefined) return undefined;
  const bits = address.version === 4 ? 32 : 128;
  const length = slash < 0 ? String(bits) : text.slice(slash + 1);
  if (!/^\d{1,3}$/.test(length) || Number(length) > bits) return undefined;
  const prefix = Number(length);
  const hosts = BigInt(bits - prefix);
  // The bits after the prefix do not count: AWS treats 203.0.113.7/0 as 0.0.0.0/0.
  const first = (address.number >> hosts) << hosts;
  return { version: address.version, first, last: first + (1n << hosts) - 1n, prefix };
}

/**
 * Whether the blocks together let in the internet: at least half of the IPv4 addresses, or of the allocated IPv6 addresses
 * (2000::/3). So `0.0.0.0/0`, `::/0`, `2000::/3`, a pair of /1, four /2; and a single /1, which nobody owns as a network
 * and which may be one half of a pair.
 */
export function isTheWorld(blocks: unknown[]): boolean {
  const cidrs = blocks.map(cidrOf).filter((cidr) => cidr !== undefined);
  return (
    covered(cidrs, 4, 0n, (1n << 32n) - 1n) >= 1n << 31n ||
    covered(cidrs, 6, 1n << 125n, (1n << 126n) - 1n) >= 1n << 124n
  );
}

/** How many addresses from `from` to `to` the blocks cover together. */
function covered(cidrs: Cidr[], version: 4 | 6, from: bigint, to: bigint): bigint {
  const blocks = cidrs
    .filter((cidr) => cidr.version === version)
    .sort((a, b) => (a.first < b.first ? -1 : 1));
  let total = 0n;
  let next = from;
  for (const block of blocks) {
    const first = block.first > next ? block.first : next;
    const last = block.last < to ? block.last : to;
    if (last < first) continue;
    total += last - first + 1n;
    next = last + 1n;
  }
  return total;
}

/** Whether `address` is in one of the blocks. An address or block that cannot be parsed is in none. */
export function isInNetworks(address: unknown, blocks: string[]): boolean {
  const single = cidrOf(address);
  if (single === undefined) return false;
  return blocks.some((block) => {
    const cidr = cidrOf(block);
    return cidr?.version === single.version && cidr.first <= single.first && single.last <= cidr.last;
  });
}

// https://www.iana.org/assignments/iana-ipv4-special-registry and
// https://www.iana.org/assignments/iana-ipv6-special-registry
const notPublic = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "224.0.0.0/3",
  "::/8",
  "fc00::/7",
  "fe80::/10",
  "ff00::/8",
];

/** Whether `text` is one address (not a host name, not a block) on the internet. */
export function isPublicAddress(text: unknown): boolean {
  return isAddress(text) && !isInNetworks(text, notPublic);
}

/** The usual form of an address; others are parsed as numbers, which takes far longer. */
const fourOctets = /^(?:(?:\d|[1-9]\d|1\d\d|2[0-4]\d|25[0-5])(?:\.(?!$)|$)){4}$/;

/** Whether `text` is one address; services put a host name (`ssm.amazonaws.com`) or `AWS Internal` instead. */
export function isAddress(text: unknown): boolean {
  if (typeof text !== "string") return false;
  return fourOctets.test(text) || (!text.includes("/") && cidrOf(text) !== undefined);
}

/** A port, or a range of them, that nobody needs to reach from the whole internet. */
export interface SensitivePort {
  port: number;
  /** The last port of a range. */
  to?: number;
  name: string;
  /** Development web servers and the like: worse than it should be, but not remote administration or data access. */
  isWeb?: true;
}

/**
 * Ports for remote administration, data stores, mail, and development web servers.
 *
 * Source: https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-19
 */
export const sensitivePorts: SensitivePort[] = [
  { port: 20, name: "FTP data" },
  { port: 21, name: "FTP" },
  { port: 22, name: "SSH" },
  { port: 23, name: "Telnet" },
  { port: 25, name: "SMTP" },
  { port: 110, name: "POP3" },
  { port: 111, name: "RPC port mapper" },
  { port: 135, name: "Windows RPC" },
  { port: 137, name: "NetBIOS name service" },
  { port: 138, name: "NetBIOS datagrams" },
  { port: 139, name: "NetBIOS session" },
  { port: 143, name: "IMAP" },
  { port: 161, name: "SNMP" },
  { port: 389, name: "LDAP" },
  { port: 445, name: "SMB" },
  { port: 512, name: "rexec" },
  { port: 513, name: "rlogin" },
  { port: 514, name: "rsh" },
  { port: 636, name: "LDAP over TLS" },
  { port: 873, name: "rsync" },
  { port: 1433, name: "SQL Server" },
  { port: 1434, name: "SQL Server browser" },
  { port: 1521, name: "Oracle" },
  { port: 2049, name: "NFS" },
  { port: 2375, name: "Docker" },
  { port: 2376, name: "Docker over TLS" },
  { port: 2379, name: "etcd" },
  { port: 2380, name: "etcd peers" },
  { port: 2483, name: "Oracle" },
  { port: 2484, name: "Oracle over TLS" },
  { port: 3000, name: "web development", isWeb: true },
  { port: 3306, name: "MySQL" },
  { port: 3389, name: "RDP" },
  { port: 4333, name: "mSQL" },
  { port: 5000, name: "web development", isWeb: true },
  { port: 5432, name: "PostgreSQL" },
  { port: 5439, name: "Redshift" },
  { port: 5500, name: "VNC listener" },
  { port: 5601, name: "Kibana" },
  { port: 5800, name: "VNC over HTTP" },
  { port: 5900, name: "VNC" },
  { port: 5901, name: "VNC" },
  { port: 5984, name: "CouchDB" },
  { port: 5985, name: "WinRM" },
  { port: 5986, name: "WinRM over TLS" },
  { port: 6379, name: "Redis" },
  { port: 6443, name: "Kubernetes API" },
  { port: 7000, name: "Cassandra nodes" },
  { port: 7001, name: "Cassandra nodes over TLS" },
  { port: 7199, name: "Cassandra JMX" },
  { port: 7474, name: "Neo4j" },
  { port: 8000, name: "web development", isWeb: true },
  { port: 8080, name: "web development", isWeb: true },
  { port: 8086, name: "InfluxDB" },
  { port: 8088, name: "web development", isWeb: true },
  { port: 8182, name: "Neptune" },
  { port: 8888, name: "web development", isWeb: true },
  { port: 9042, name: "Cassandra" },
  { port: 9092, name: "Kafka" },
  { port: 9160, name: "Cassandra Thrift" },
  { port: 9200, name: "Elasticsearch" },
  { port: 9300, name: "Elasticsearch nodes" },
  { port: 10250, name: "kubelet" },
  { port: 11211, name: "memcached" },
  { port: 27017, name: "MongoDB" },
  { port: 27018, name: "MongoDB shard" },
  { port: 27019, name: "MongoDB config" },
  { port: 30_000, to: 32_767, name: "Kubernetes node ports", isWeb: true },
  { port: 50070, name: "HDFS" },
];

/** The parts of a security group or network ACL rule that define its traffic, in any form that records have. */
export interface Traffic {
  /** `tcp`, `6`, 6, `-1`, `icmp`; missing: TCP. */
  protocol?: unknown;
  fromPort?: unknown;
  toPort?: unknown;
}

/** What a rule opens to those it lets in. */
export interface Opened {
  /** What should not be open to the internet: `all traffic`, `all ports`, `22 (SSH)`; none for harmless ports. */
  sensitive: string[];
  /** Whether all of that is development web servers. */
  isWeb: boolean;
  /** The ports, if none of them is sensitive and they are not web ports: `8443`, `9500-9600`. */
  unusual?: string;
}

/**
 * The ports that Security Hub lets be open to the internet.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-18
 */
const webPorts = [80, 443];

/** What a rule opens. Nothing for protocols without ports (ICMP, ESP, …). */
export function openedBy(traffic: Traffic): Opened {
  const nothing: Opened = { sensitive: [], isWeb: false };
  // A hostile object must not be converted to text, which can throw.
  const given = traffic.protocol ?? "tcp";
  const protocol = typeof given === "string" || typeof given === "number" ? String(given).toLowerCase() : "";
  if (protocol === "-1" || protocol === "all") return { ...nothing, sensitive: ["all traffic"] };
  if (!["tcp", "udp", "6", "17"].includes(protocol)) return nothing;
  const { from, to } = portsOf(traffic);
  if (from === 0 && to === 65_535) return { ...nothing, sensitive: ["all ports"] };
  const ports = sensitivePorts.filter(({ port, to: last = port }) => from <= last && port <= to);
  if (ports.length > 0)
    return {
      sensitive: ports.map(({ port, to: last, name }) =>
        last === undefined ? `${port} (${name})` : `${port}-${last} (${name})`,
      ),
      isWeb: ports.every(({ isWeb }) => isWeb === true),
    };
  if (from === to && webPorts.includes(from)) return nothing;
  return { ...nothing, unusual: from === to ? String(from) : `${from}-${to}` };
}

/** The ports of a rule; all when it names none. */
function portsOf({ fromPort, toPort }: Traffic): { from: number; to: number } {
  const from = portOf(fromPort);
  return { from: from ?? 0, to: portOf(toPort) ?? from ?? 65_535 };
}

/** What a rule opens that should not be open to the internet: `all traffic`, `all ports`, `22 (SSH)`. */
export function sensitiveTraffic(traffic: Traffic): string[] {
  return openedBy(traffic).sensitive;
}

/** A port as a number or as text; undefined if it is missing, `-1` (any) or not a port. */
function portOf(value: unknown): number | undefined {
  const text = typeof value === "number" || typeof value === "string" ? String(value) : "";
  return /^\d{1,5}$/.test(text) && Number(text) <= 65_535 ? Number(text) : undefined;
}

function addressOf(text: string): { version: 4 | 6; number: bigint } | undefined {
  const four = fourOf(text);
  if (four !== undefined) return { version: 4, number: four };
  const six = sixOf(text);
  return six === undefined ? undefined : { version: 6, number: six };
}

function fourOf(text: string): bigint | undefined {
  const parts = text.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255))
    return undefined;
  return parts.reduce((number, part) => (number << 8n) | BigInt(part), 0n);
}

function sixOf(text: string): bigint | undefined {
  if (!text.includes(":")) return undefined;
  // ::ffff:192.0.2.1 ends in an IPv4 address: two groups.
  const colon = text.lastIndexOf(":");
  const tail = text.slice(colon + 1);
  if (tail.includes(".")) {
    const four = fourOf(tail);
    if (four === undefined) return undefined;
    return sixOf(`${text.slice(0, colon + 1)}${(four >> 16n).toString(16)}:${(four & 0xffffn).toString(16)}`);
  }
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const [before = [], after = []] = halves.map((half) => (half === "" ? [] : half.split(":")));
  const missing = 8 - before.length - after.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const groups = [...before, ...(Array(halves.length === 2 ? missing : 0).fill("0") as string[]), ...after];
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  return groups.reduce((number, group) => (number << 16n) | BigInt(`0x${group}`), 0n);
}
