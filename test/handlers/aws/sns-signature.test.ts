import { expect } from "chai";
import { signatureProblem } from "../../../handlers/aws/sns-signature";
import { anEvent, aSignedMessage, certificateUrl, eventsTopicArn, sns, somebody } from "../../support/events";

describe("signatureProblem", () => {
  const asked: string[] = [];
  const certificateAt = (url: string) => {
    asked.push(url);
    return Promise.resolve(url === certificateUrl ? sns.certificate : undefined);
  };
  const problemOf = (message: Record<string, unknown>, topic = eventsTopicArn) =>
    signatureProblem(message, topic, certificateAt);
  beforeEach(() => void asked.splice(0));

  it("finds none in a message that SNS signed, with or without a subject", async () => {
    expect(await problemOf(aSignedMessage(anEvent()))).to.equal(undefined);
    expect(await problemOf(aSignedMessage(anEvent(), { Subject: "Ünïcode" }))).to.equal(undefined);
  });

  it("finds one in a message of which anything signed was changed", async () => {
    const message = aSignedMessage(anEvent());
    for (const name of ["Message", "MessageId", "Timestamp", "Type", "Subject"])
      expect(await problemOf({ ...message, [name]: "other" }), name).to.equal("its signature is not SNS's");
    expect(await problemOf({ ...message, Signature: "FAKE" })).to.equal("its signature is not SNS's");
    expect(await problemOf({ ...message, Signature: undefined })).to.equal("its signature is not SNS's");
  });

  it("finds one in a message that somebody else signed, with a certificate of their own", async () => {
    const forged = aSignedMessage(anEvent(), {}, somebody);
    expect(await problemOf(forged)).to.equal("its signature is not SNS's");
    const hosts = [
      "https://evil.example/SimpleNotificationService-0123456789abcdef0123456789abcdef.pem",
      "https://sns.us-west-2.amazonaws.com.evil.example/SimpleNotificationService-01.pem",
      "https://sns.us-west-2.amazonaws.com@evil.example/SimpleNotificationService-01.pem",
      "http://sns.us-west-2.amazonaws.com/SimpleNotificationService-01.pem",
      "https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-01.pem",
      "https://sns.us-west-2.amazonaws.com/SimpleNotificationService-../../evil/01.pem",
      "https://sns.us-west-2.amazonaws.com/SimpleNotificationService-01.pem?x=.pem",
      "https://evil-bucket.s3.amazonaws.com/SimpleNotificationService-01.pem",
      undefined,
    ];
    asked.splice(0);
    for (const SigningCertUrl of hosts)
      expect(
        await problemOf(aSignedMessage(anEvent(), { SigningCertUrl }, somebody)),
        SigningCertUrl,
      ).to.match(/^its certificate is at /);
    expect(asked, "downloads").to.deep.equal([]);
  });

  it("finds one in a signature of version 1, which is by SHA-1, and of another topic", async () => {
    expect(await problemOf(aSignedMessage(anEvent(), { SignatureVersion: "1" }))).to.equal(
      'it has the signature version "1", not 2',
    );
    const TopicArn = "arn:aws:sns:us-west-2:999988887777:cloudtrailer-events-red";
    expect(await problemOf(aSignedMessage(anEvent(), { TopicArn }))).to.match(/^it names the topic/);
    expect(await problemOf({})).to.match(/^it names the topic \(none\)/);
  });

  it("finds one if SNS has no such certificate, or it is none", async () => {
    const SigningCertUrl = certificateUrl.replace("0123", "ffff");
    expect(await problemOf(aSignedMessage(anEvent(), { SigningCertUrl }))).to.match(
      /^SNS has no certificate/,
    );
    const none = () => Promise.resolve("<html>");
    expect(await signatureProblem(aSignedMessage(anEvent()), eventsTopicArn, none)).to.equal(
      "its signature is not SNS's",
    );
  });

  it("takes the certificate of China's regions from their own host", async () => {
    const topic = eventsTopicArn.replace("arn:aws:sns:us-west-2", "arn:aws-cn:sns:cn-north-1");
    const url = "https://sns.cn-north-1.amazonaws.com.cn/SimpleNotificationService-01.pem";
    const message = aSignedMessage(anEvent(), { TopicArn: topic, SigningCertUrl: url });
    const at = (asking: string) => Promise.resolve(asking === url ? sns.certificate : undefined);
    expect(await signatureProblem(message, topic, at)).to.equal(undefined);
  });

  it("throws when the certificate cannot be read now, because that proves nothing", async () => {
    const down = () => Promise.reject(new Error("no route"));
    const error = await signatureProblem(aSignedMessage(anEvent()), eventsTopicArn, down).catch(
      (one: Error) => one,
    );
    expect(error).to.be.an("error");
  });
});
