import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect } from "chai";
import { proofOf } from "../../../cli/ask-function";
import {
  type Caller,
  createIdentifyCaller,
  createSendGet,
  proofEndpointOf,
  type SendGet,
} from "../../../handlers/aws/caller";
import { account, region } from "../../support/factories";
import { aTokenService, identityOf } from "../../support/sts";

describe("createIdentifyCaller", () => {
  const credentials = { accessKeyId: "AKIAEXAMPLEALICE0000", secretAccessKey: "alice's+secret/key" };
  const arn = `arn:aws:iam::${account}:user/alice`;
  const hash = "a".repeat(64);
  const keys = { [credentials.accessKeyId]: { ...credentials, arn } };

  /** Who it takes for the maker of a proof. */
  async function identified(
    proof: unknown,
    own: { send?: SendGet; ahead?: number; hash?: string } = {},
  ): Promise<Caller & { asked: string[] }> {
    const sts = aTokenService(keys);
    const send: SendGet = (url, headers) => {
      if (own.send !== undefined) sts.asked.push(url);
      return (own.send ?? sts.send)(url, headers);
    };
    const now = () => Date.now() + (own.ahead ?? 0);
    const identify = createIdentifyCaller({ region, send, now });
    return { ...(await identify(proof, own.hash ?? hash)), asked: sts.asked };
  }
  const prove = () => proofOf(hash, { region, credentials });

  it("takes what STS says for who asks", async () => {
    const caller = await identified(await prove());
    expect(caller).to.deep.include({ arn, account });
    expect(caller.asked).to.have.length(1);
    expect(caller.asked[0]).to.match(/^https:\/\/sts\.us-west-2\.amazonaws\.com\/\?/);
  });

  it("knows sessions by their token", async () => {
    const session = { accessKeyId: "ASIAEXAMPLE000000000", secretAccessKey: "s", sessionToken: "a/+b==" };
    const sessionArn = `arn:aws:sts::${account}:assumed-role/Admin/alice`;
    const { send } = aTokenService({ [session.accessKeyId]: { ...session, arn: sessionArn } });
    const proof = await proofOf(hash, { region, credentials: session });
    expect(await identified(proof, { send })).to.deep.include({ arn: sessionArn });
  });

  it("takes no proof of another request", async () => {
    const caller = await identified(await prove(), { hash: "b".repeat(64) });
    expect(caller).to.deep.include({
      unproven: "STS did not accept the signature: SignatureDoesNotMatch",
    });
  });

  it("takes no proof before and after its time", async () => {
    const proof = await prove();
    expect(await identified(proof, { ahead: 119_000 })).to.deep.include({ arn });
    for (const [ahead, why] of [
      [121_000, /was signed at \d{8}T\d{6}Z for 120 s, and it is/],
      [-62_000, /which is still to come/],
    ] as const) {
      const late = await identified(proof, { ahead });
      expect(late).to.have.property("unproven").that.matches(why);
      expect(late.asked, "STS").to.have.length(0);
    }
  });

  describe("sends nothing for", () => {
    const forgeries: Record<string, (proof: URL) => unknown> = {
      nothing: () => undefined,
      "a number": () => 1,
      "no address": () => "sts",
      "another host": (url) => url.href.replace("sts.us-west-2.amazonaws.com", "sts.evil.example"),
      "a host that begins like STS": (url) =>
        url.href.replace("sts.us-west-2.amazonaws.com", "sts.us-west-2.amazonaws.com.evil.example"),
      "a host behind a user name": (url) =>
        url.href.replace(
          "https://sts.us-west-2.amazonaws.com",
          "https://sts.us-west-2.amazonaws.com@evil.example",
        ),
      "a user name before the host": (url) => url.href.replace("https://", "https://me@"),
      "STS of another region": (url) => url.href.replaceAll("us-west-2", "eu-west-1"),
      "another port": (url) => url.href.replace(".com/", ".com:8443/"),
      "plain http": (url) => url.href.replace("https:", "http:"),
      "another path": (url) => url.href.replace("/?", "/x?"),
      "a fragment": (url) => `${url.href}#x`,
      "another action": (url) => url.href.replace("GetCallerIdentity", "GetSessionToken"),
      "an action of another case beside it": (url) => `${url.href}&action=AssumeRole`,
      "two actions": (url) => `${url.href}&Action=AssumeRole`,
      "a parameter more": (url) => `${url.href}&RoleArn=arn`,
      "headers that are not bound to the request": (url) =>
        url.href.replace("host%3Bx-cloudtrailer-request", "host"),
      "more headers": (url) =>
        url.href.replace("host%3Bx-cloudtrailer-request", "host%3Bx-cloudtrailer-request%3Bx-other"),
      "a proof that is good for a day": (url) => url.href.replace("X-Amz-Expires=120", "X-Amz-Expires=86400"),
      "one that is good for no time": (url) => url.href.replace("X-Amz-Expires=120", "X-Amz-Expires=0"),
      "another service's credentials": (url) => url.href.replace("%2Fsts%2F", "%2Fiam%2F"),
      "another region's credentials": (url) => url.href.replace("%2Fus-west-2%2F", "%2Feu-west-1%2F"),
      "a date that is none": (url) =>
        url.href.replace(/X-Amz-Date=\d{8}T\d{6}Z/, "X-Amz-Date=99999999T999999Z"),
      "a token with a line break": (url) => `${url.href}&X-Amz-Security-Token=a%0d%0aHost:%20evil`,
      "more than a proof may be": (url) => `${url.href}&X-Amz-Security-Token=${"a".repeat(20_000)}`,
    };
    for (const [name, forge] of Object.entries(forgeries))
      it(name, async () => {
        const forged = await identified(forge(new URL(await prove())));
        expect(forged).to.have.property("unproven");
        expect(forged.asked).to.have.length(0);
      });
  });

  describe("takes no other answer for an identity:", () => {
    const answers: Record<string, { status: number; body: string }> = {
      "a redirect": { status: 302, body: identityOf(arn) },
      "another document": {
        status: 200,
        body: identityOf(arn).replaceAll("GetCallerIdentityRe", "GetAccessKeyInfoRe"),
      },
      "an identity inside of another document": { status: 200, body: `<Other>${identityOf(arn)}</Other>` },
      "two names": { status: 200, body: identityOf(`${arn}</Arn><Arn>${arn}`) },
      "a name that is no principal": { status: 200, body: identityOf(`arn:aws:s3::${account}:bucket`) },
      "a principal of another partition": { status: 200, body: identityOf(arn.replace("aws", "aws-cn")) },
      nothing: { status: 200, body: "" },
      "a refusal": { status: 403, body: "<Code>AccessDenied</Code>" },
    };
    for (const [name, answer] of Object.entries(answers))
      it(name, async () => {
        expect(await identified(await prove(), { send: async () => answer })).to.have.property("unproven");
      });
  });

  for (const [name, send] of Object.entries({
    "does not answer": async () => Promise.reject(new Error("The operation was aborted due to timeout")),
    "has a fault": async () => ({ status: 503, body: "" }),
    "is asked too often": async () => ({ status: 429, body: "" }),
  } satisfies Record<string, SendGet>))
    it(`fails when STS ${name}: that says nothing about the proof`, async () => {
      const error = await identified(await prove(), { send }).catch((reason: Error) => reason);
      expect(String(error)).to.match(/unable to ask https:\/\/sts\.us-west-2\.amazonaws\.com who has signed/);
    });

  it("asks STS of the region's partition, or the endpoint of AWS on this machine", () => {
    expect(proofEndpointOf("cn-north-1", undefined)).to.equal("https://sts.cn-north-1.amazonaws.com.cn");
    expect(proofEndpointOf("us-west-2", "")).to.equal("https://sts.us-west-2.amazonaws.com");
    expect(proofEndpointOf("us-west-2", "http://127.0.0.1:4566/")).to.equal("http://127.0.0.1:4566");
  });
});

describe("createSendGet", () => {
  let server: Server;
  let origin: string;
  const seen: string[] = [];
  before(async () => {
    server = createServer((request, response) => {
      seen.push(`${request.method} ${request.url} ${request.headers["x-cloudtrailer-request"]}`);
      if (request.url === "/moved") response.writeHead(307, { location: "/there" }).end();
      else response.end("here");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => void server.close());

  it("sends the headers it is given", async () => {
    const answer = await createSendGet()(`${origin}/?a=b%2Fc`, { "x-cloudtrailer-request": "1" });
    expect(answer).to.deep.equal({ status: 200, body: "here" });
    expect(seen.at(-1)).to.equal("GET /?a=b%2Fc 1");
  });

  it("follows no redirect", async () => {
    const before = seen.length;
    expect((await createSendGet()(`${origin}/moved`, {})).status).to.equal(307);
    expect(seen.slice(before)).to.deep.equal(["GET /moved undefined"]);
  });
});
