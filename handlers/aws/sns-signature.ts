import { createPublicKey, verify as verifySignature } from "node:crypto";
import { type Fields, textOf } from "../json";

/**
 * The text that SNS signs of a notification, in the fields that a function gets of it.
 *
 * Source: https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html
 */
function signedTextOf(message: Fields): string {
  return ["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"]
    .flatMap((name) => {
      const value = textOf(message[name]);
      return value === undefined ? [] : [`${name}\n${value}\n`];
    })
    .join("");
}

/** How the URLs of SNS's certificates begin, in the region of a topic. */
function certificatesOf(topicArn: string): string {
  const [, partition, , region] = topicArn.split(":");
  const domain = partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
  return `https://sns.${region}.${domain}/SimpleNotificationService-`;
}

/** Returns the certificate at one of SNS's URLs, PEM; undefined if there is none. @throws an error that may pass */
export type CertificateAt = (url: string) => Promise<string | undefined>;

/**
 * Why a message does not prove that SNS published it on a topic; undefined if it does. Only signature version 2 counts, and
 * only a certificate from SNS's own host in the topic's region.
 *
 * @param message the fields of `Records[].Sns` that a function gets
 * @throws if the certificate cannot be read now
 */
export async function signatureProblem(
  message: Fields,
  topicArn: string,
  certificateAt: CertificateAt,
): Promise<string | undefined> {
  const topic = textOf(message.TopicArn);
  if (topic !== topicArn) return `it names the topic ${quoted(topic)}, not ${topicArn}`;
  if (message.SignatureVersion !== "2")
    return `it has the signature version ${quoted(textOf(message.SignatureVersion))}, not 2`;
  const url = textOf(message.SigningCertUrl) ?? "";
  const begin = certificatesOf(topicArn);
  if (!url.startsWith(begin) || !/^[A-Za-z0-9]{1,64}\.pem$/.test(url.slice(begin.length)))
    return `its certificate is at ${quoted(url)}, not at ${begin}….pem`;
  const certificate = await certificateAt(url);
  if (certificate === undefined) return `SNS has no certificate at ${url}`;
  return isSigned(signedTextOf(message), textOf(message.Signature) ?? "", certificate)
    ? undefined
    : "its signature is not SNS's";
}

function isSigned(text: string, signature: string, certificate: string): boolean {
  try {
    const bytes = Buffer.from(signature, "base64");
    return verifySignature("sha256", Buffer.from(text), createPublicKey(certificate), bytes);
  } catch {
    return false; // not a certificate: it proves nothing
  }
}

function quoted(text: string | undefined): string {
  return text === undefined ? "(none)" : JSON.stringify(text.slice(0, 200));
}
