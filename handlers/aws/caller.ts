import { plainTextOf, shownJson } from "../json";
import { problemOf } from "../problem";
import { partitionOf, stsEndpointOf } from "./regions";

/**
 * How a person proves to the function who they are: by a presigned `sts:GetCallerIdentity`, in whose signature the text of
 * their request stands. The function sends it to STS, which alone can say whose keys have signed it.
 *
 * What others have learnt of this way is kept to here: the function sends to STS's own endpoint and nowhere else, follows no
 * redirect, sends only what it has put together itself, and takes no other answer for an identity.
 *
 * Sources: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html,
 * https://googleprojectzero.blogspot.com/2020/10/enter-the-vault-auth-issues-hashicorp-vault.html,
 * https://github.com/kubernetes-sigs/aws-iam-authenticator/security/advisories
 */

/** The header that binds a proof to one request: the hash of its text. */
export const requestHeader = "x-cloudtrailer-request";

/** How long a proof may be good, s. STS itself takes a presigned request for 15 minutes, whatever it says. */
export const maxProofSeconds = 300;

/** How far the clock of the person may be ahead of the function's, ms. */
const maxAheadMs = 60_000;

/** How long STS may take, ms. */
const stsTimeoutMs = 5_000;

/** Characters of a proof; a session token may have some thousand. */
const maxProof = 10_000;

/**
 * What a presigned request says in its query, each once, and what it may be. The signed headers are all that is sent and
 * means something.
 */
const parameters: Record<string, RegExp> = {
  Action: /^GetCallerIdentity$/,
  Version: /^2011-06-15$/,
  "X-Amz-Algorithm": /^AWS4-HMAC-SHA256$/,
  "X-Amz-Credential": /^\w{1,128}\/\d{8}\/[a-z0-9-]{1,30}\/sts\/aws4_request$/,
  "X-Amz-Date": /^\d{8}T\d{6}Z$/,
  "X-Amz-Expires": /^\d{1,5}$/,
  "X-Amz-SignedHeaders": /^host;x-cloudtrailer-request$/,
  "X-Amz-Security-Token": /^[A-Za-z0-9+/=]{1,8000}$/,
  "X-Amz-Signature": /^[0-9a-f]{64}$/,
};

/** Given for a session, not for a user's own keys. */
const optionalParameter = "X-Amz-Security-Token";

/** Sends a GET, follows no redirect. Rejects when no answer comes in time. */
export type SendGet = (
  url: string,
  headers: Record<string, string>,
) => Promise<{ status: number; body: string }>;

/** Who asks, as STS says; or why nobody can say. */
export type Caller = { arn: string; account: string } | { unproven: string };

/** Whom STS takes for the maker of a proof. Rejects when STS cannot be asked: that says nothing about the proof. */
export type IdentifyCaller = (proof: unknown, hash: string) => Promise<Caller>;

/** What callers are identified with. */
export interface CallerOptions {
  /** The stack's. */
  region: string;
  /** Of AWS on this machine; STS's own when it is left out. */
  endpoint?: string | undefined;
  send: SendGet;
  /** Epoch ms. */
  now(): number;
}

/** Where the function sends proofs, and a person has to sign them for. */
export function proofEndpointOf(region: string, endpoint: string | undefined): string {
  return endpoint === undefined || endpoint === "" ? stsEndpointOf(region) : new URL(endpoint).origin;
}

/** Makes what asks STS who has made a proof. */
export function createIdentifyCaller({ region, endpoint, send, now }: CallerOptions): IdentifyCaller {
  const origin = proofEndpointOf(region, endpoint);
  return async (proof, hash) => {
    const checked = checkedProof(proof, { origin, region, now: now() });
    if ("unproven" in checked) return checked;
    const answer = await send(checked.url, { accept: "application/xml", [requestHeader]: hash }).catch(
      (error: unknown) => {
        throw new Error(`unable to ask ${origin} who has signed the request: ${problemOf(error)}`, {
          cause: error,
        });
      },
    );
    const { status, body } = answer;
    if (status >= 500 || status === 429)
      throw new Error(`unable to ask ${origin} who has signed the request: it answered ${status}`);
    return status === 200 ? callerIn(body, region) : { unproven: refusalIn(status, body) };
  };
}

/** Sends by Node's own client. */
export function createSendGet(): SendGet {
  return async (url, headers) => {
    const answer = await fetch(url, {
      headers,
      redirect: "manual",
      signal: AbortSignal.timeout(stsTimeoutMs),
    });
    return { status: answer.status, body: await answer.text() };
  };
}

/** The URL that is sent, put together anew from the parts of a proof, all of which are checked. */
function checkedProof(
  proof: unknown,
  { origin, region, now }: { origin: string; region: string; now: number },
): { url: string } | { unproven: string } {
  if (typeof proof !== "string" || proof.length > maxProof || !URL.canParse(proof))
    return { unproven: instead(`a presigned GetCallerIdentity for ${origin}`, proof) };
  const url = new URL(proof);
  const unproven = whyElsewhere(url, origin) ?? whyOtherParameters(url, region) ?? whyLate(url, now);
  if (unproven !== undefined) return { unproven };
  return {
    url: `${origin}/?${[...url.searchParams].map(([name, value]) => `${name}=${encoded(value)}`).join("&")}`,
  };
}

function instead(expected: string, found: unknown): string {
  return `expected ${expected}, found ${shownJson(found)}`;
}

/** Why a URL is not one of STS; undefined if it is. */
function whyElsewhere(url: URL, origin: string): string | undefined {
  const what = `a presigned GetCallerIdentity for ${origin}`;
  // Host, port and scheme; a user name before the host and a fragment are not part of the origin.
  if (url.origin !== origin || url.username !== "" || url.password !== "" || url.hash !== "")
    return instead(what, `${url.protocol}//${url.host}`);
  return url.pathname === "/" ? undefined : instead(`${what} with the path /`, url.pathname);
}

/** Why the query is not that of a presigned GetCallerIdentity for this region; undefined if it is. */
function whyOtherParameters({ searchParams }: URL, region: string): string | undefined {
  const other = [...searchParams].find(([name]) => !Object.hasOwn(parameters, name));
  for (const [name, form] of Object.entries(parameters)) {
    const values = searchParams.getAll(name);
    if (values.length === 0 && name === optionalParameter) continue;
    if (values.length !== 1 || !form.test(values[0] ?? ""))
      return instead(
        `one parameter ${name} as in ${form.source}`,
        name === optionalParameter ? "another" : values,
      );
  }
  if (other !== undefined) return instead(`no parameter but ${Object.keys(parameters).join(", ")}`, other[0]);
  const scope = (searchParams.get("X-Amz-Credential") ?? "").split("/").slice(1);
  return scope[1] === region ? undefined : instead(`credentials for ${region}`, scope.join("/"));
}

/** Why a proof is not valid at this moment; undefined if it is. */
function whyLate({ searchParams }: URL, now: number): string | undefined {
  const date = searchParams.get("X-Amz-Date") ?? "";
  const seconds = Number(searchParams.get("X-Amz-Expires"));
  const signedAt = Date.parse(
    date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"),
  );
  const at = new Date(now).toISOString();
  if (!(seconds >= 1 && seconds <= maxProofSeconds))
    return `expected a proof that is good for ${maxProofSeconds} s at most, found ${seconds} s`;
  // An impossible date is neither early nor late.
  if (!(signedAt <= now + maxAheadMs))
    return `the request was signed at ${date}, which is still to come: it is ${at}`;
  if (!(now <= signedAt + seconds * 1000))
    return `the request was signed at ${date} for ${seconds} s, and it is ${at}`;
  return undefined;
}

/** As SigV4 encodes a value of a query: RFC 3986. */
function encoded(value: string): string {
  return encodeURIComponent(value).replace(
    /[!'()*]/g,
    (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** Who STS says it was: a principal of this partition. */
function callerIn(body: string, region: string): Caller {
  const isAnswer = /^\s*(?:<\?xml[^>]*\?>\s*)?<GetCallerIdentityResponse[\s>]/.test(body);
  const arns = [...body.matchAll(/<Arn>([^<]*)<\/Arn>/g)].map(([, arn]) => plainTextOf(arn));
  const [, partition, account = ""] =
    /^arn:([a-z-]+):(?:iam|sts)::(\d{12}):(?:root|(?:user|assumed-role|federated-user)\/[^<>&\s]+)$/.exec(
      arns[0] ?? "",
    ) ?? [];
  if (!isAnswer || arns.length !== 1 || partition !== partitionOf(region))
    return {
      unproven: `expected STS to name one principal of ${partitionOf(region)}, found ${body.slice(0, 300)}`,
    };
  return { arn: arns[0] ?? "", account };
}

function refusalIn(status: number, body: string): string {
  const code = /<Code>([\w.]{1,80})<\/Code>/.exec(body)?.[1];
  return `STS did not accept the signature: ${code ?? `it answered ${status}`}`;
}
