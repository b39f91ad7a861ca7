import { createHash, createHmac } from "node:crypto";
import type { SendGet } from "../../handlers/aws/caller";

/** Keys that the Security Token Service knows, and whose they are. */
export interface KnownKeys {
  [accessKeyId: string]: { secretAccessKey: string; arn: string; sessionToken?: string };
}

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const hmac = (key: string | Buffer, text: string) => createHmac("sha256", key).update(text).digest();
const encoded = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);

/**
 * The Security Token Service, as far as presigned requests go: it computes the signature from what is sent, and names the
 * owner of the key. Written after AWS's description alone, so that it agrees with the SDK or one of both is wrong.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function aTokenService(keys: KnownKeys): { send: SendGet; asked: string[] } {
  const asked: string[] = [];
  const send: SendGet = async (text, headers) => {
    asked.push(text);
    const url = new URL(text);
    const query = (name: string) => url.searchParams.get(name) ?? "";
    const [accessKeyId = "", date = "", region = "", service = ""] = query("X-Amz-Credential").split("/");
    const known = keys[accessKeyId];
    if (known === undefined) return refusal("InvalidClientTokenId");
    if ((known.sessionToken ?? "") !== query("X-Amz-Security-Token")) return refusal("InvalidClientTokenId");
    const sent: Record<string, string> = { ...headers, host: url.host };
    const canonicalQuery = [...url.searchParams]
      .filter(([name]) => name !== "X-Amz-Signature")
      .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
      .sort()
      .join("&");
    const signed = query("X-Amz-SignedHeaders");
    const canonicalHeaders = signed.split(";").map((name) => `${name}:${sent[name] ?? ""}\n`);
    const canonical = ["GET", url.pathname, canonicalQuery, canonicalHeaders.join(""), signed, sha256("")];
    const scope = `${date}/${region}/${service}/aws4_request`;
    const toSign = ["AWS4-HMAC-SHA256", query("X-Amz-Date"), scope, sha256(canonical.join("\n"))].join("\n");
    const key = [date, region, service, "aws4_request"].reduce<string | Buffer>(
      hmac,
      `AWS4${known.secretAccessKey}`,
    );
    if (hmac(key, toSign).toString("hex") !== query("X-Amz-Signature"))
      return refusal("SignatureDoesNotMatch");
    return { status: 200, body: identityOf(known.arn) };
  };
  return { send, asked };
}

/** What STS answers: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html */
export function identityOf(arn: string): string {
  return (
    `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>` +
    `<Arn>${arn}</Arn><UserId>AIDA</UserId><Account>${arn.split(":")[4]}</Account>` +
    `</GetCallerIdentityResult></GetCallerIdentityResponse>`
  );
}

function refusal(code: string) {
  const body = `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code></Error></ErrorResponse>`;
  return { status: 403, body };
}
