import { expect } from "chai";
import fc from "fast-check";
import {
  cidrOf,
  isAddress,
  isInNetworks,
  isPublicAddress,
  isTheWorld,
  sensitiveTraffic,
} from "../../../../handlers/detections/readers/network";

describe("cidrOf", () => {
  it("reads blocks and single addresses", () => {
    expect(cidrOf("203.0.113.7/24")).deep.equal({
      version: 4,
      prefix: 24,
      first: 3405803776n,
      last: 3405804031n,
    });
    expect(cidrOf("203.0.113.7")?.prefix).equal(32);
    expect(cidrOf("2001:db8::1")?.prefix).equal(128);
    expect(cidrOf("::ffff:192.0.2.1/128")?.first).equal((0xffffn << 32n) | 0xc0000201n);
    expect(cidrOf("1:2:3:4:5:6:7:8")?.first).equal(0x00010002000300040005000600070008n);
  });

  for (const text of [
    "",
    "/",
    "/0",
    "x",
    "1.2.3",
    "1.2.3.4.5",
    "256.1.1.1",
    "1.2.3.4/33",
    "1.2.3.4/-1",
    "1.2.3.4/",
    "::/129",
    ":::",
    "1::2::3",
    "1:2:3:4:5:6:7:8:9",
    "1:2:3:4:5:6:7::8:9",
    "12345::",
    "g::",
    "1.2.3.4 ",
    "::1.2.3.4.5",
    "a".repeat(99),
    null,
    4,
    {},
  ])
    it(`does not read ${JSON.stringify(text)}`, () => {
      expect(cidrOf(text)).equal(undefined);
    });

  it("reads any IPv4 address, and finds it in its own block and nowhere else", () =>
    fc.assert(
      fc.property(fc.ipV4(), fc.integer({ min: 1, max: 32 }), (address, prefix) => {
        const block = cidrOf(`${address}/${prefix}`);
        expect((block?.last ?? 0n) - (block?.first ?? 0n) + 1n).equal(1n << BigInt(32 - prefix));
        expect(isInNetworks(address, [`${address}/${prefix}`])).equal(true);
      }),
    ));

  it("reads any IPv6 address", () =>
    fc.assert(
      fc.property(fc.ipV6(), (address) => {
        expect(cidrOf(address)?.version).equal(6);
      }),
    ));
});

describe("isTheWorld", () => {
  for (const blocks of [
    ["0.0.0.0/0"],
    ["208.236.235.254/0"],
    ["::/0"],
    ["2000::/3"],
    ["0.0.0.0/1", "128.0.0.0/1"],
    ["128.0.0.0/1"],
    ["0.0.0.0/2", "64.0.0.0/2", "128.0.0.0/2", "192.0.0.0/2"],
    ["::/1", "8000::/1"],
    ["10.0.0.0/8", "::/0"],
  ])
    it(`is ${blocks.join(" and ")}`, () => {
      expect(isTheWorld(blocks)).equal(true);
    });

  for (const blocks of [
    [],
    ["203.0.113.0/24"],
    ["10.0.0.0/8", "172.16.0.0/12"],
    ["0.0.0.0/2", "0.0.0.0/2"],
    ["2001:db8::/32"],
    ["fc00::/7"],
    ["pl-0a1b2c3d"],
    [null, {}],
  ])
    it(`is not ${JSON.stringify(blocks)}`, () => {
      expect(isTheWorld(blocks)).equal(false);
    });
});

describe("isPublicAddress", () => {
  for (const address of ["203.0.113.24", "8.8.8.8", "2001:db8::17", "172.32.0.1"])
    it(`is ${address}`, () => {
      expect(isPublicAddress(address)).equal(true);
    });

  for (const address of [
    "10.1.2.3",
    "172.31.0.1",
    "192.168.1.1",
    "100.64.0.1",
    "127.0.0.1",
    "169.254.169.254",
    "::1",
    "fe80::1",
    "fd00::1",
    "ssm.amazonaws.com",
    "AWS Internal",
    "8.8.8.8/32",
    "",
    undefined,
  ])
    it(`is not ${String(address)}`, () => {
      expect(isPublicAddress(address)).equal(false);
    });

  it("is one address, not a block", () => {
    expect(isAddress("8.8.8.8")).equal(true);
    expect(isAddress("8.8.8.0/24")).equal(false);
  });
});

describe("sensitiveTraffic", () => {
  const cases: [object, string[]][] = [
    [{ protocol: "-1" }, ["all traffic"]],
    [{ protocol: -1 }, ["all traffic"]],
    [{ protocol: "tcp", fromPort: 0, toPort: 65_535 }, ["all ports"]],
    [{ protocol: "tcp", fromPort: 22, toPort: 22 }, ["22 (SSH)"]],
    [{ protocol: 6, fromPort: "22", toPort: "22" }, ["22 (SSH)"]],
    [{ fromPort: 3389, toPort: 3389 }, ["3389 (RDP)"]],
    [{ protocol: "tcp", fromPort: 22 }, ["22 (SSH)"]],
    [{ protocol: "tcp", fromPort: 20, toPort: 23 }, ["20 (FTP data)", "21 (FTP)", "22 (SSH)", "23 (Telnet)"]],
    [{ protocol: "tcp", fromPort: -1, toPort: -1 }, ["all ports"]],
    [{ protocol: "tcp", fromPort: 443, toPort: 443 }, []],
    [{ protocol: "tcp", fromPort: 8443, toPort: 8443 }, []],
    [{ protocol: "tcp", fromPort: 31_000, toPort: 31_000 }, ["30000-32767 (Kubernetes node ports)"]],
    [{ protocol: "tcp", fromPort: 80, toPort: 80 }, []],
    [{ protocol: "icmp", fromPort: 8, toPort: -1 }, []],
    [{ protocol: "50" }, []],
  ];
  for (const [traffic, expected] of cases)
    it(`finds ${JSON.stringify(expected)} in ${JSON.stringify(traffic)}`, () => {
      expect(sensitiveTraffic(traffic)).deep.equal(expected);
    });
});
