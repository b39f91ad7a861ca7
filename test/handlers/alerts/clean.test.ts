import { expect } from "chai";
import { clean, cut, isSecretName, withoutSecrets } from "../../../handlers/alerts/clean";

describe("clean", () => {
  it("makes one line of text that would forge lines, colors, direction or links", () => {
    expect(clean("bob\nOutcome: all is well")).to.equal("bob\\u000aOutcome: all is well");
    expect(clean("\u001b[31mred\u001b[0m")).to.equal("\\u001b[31mred\\u001b[0m");
    expect(clean("a\u202eb\u200bc\u2028d\u{e0041}e")).to.equal("a\\u202eb\\u200bc\\u2028d\\udb40\\udc41e");
    expect(clean("see https://evil.example/")).to.equal("see https[:]//evil[.]example/");
    expect(clean("www.evil or bob@evil.com")).to.equal("www[.]evil or bob[@]evil[.]com");
    expect(clean("iam.amazonaws.com, 198.51.100.7, v1.2")).to.equal("iam.amazonaws.com, 198.51.100.7, v1.2");
  });

  it("leaves nothing that a mail program makes clickable, whatever the top-level domain is", () => {
    const domains = ["com", "co.uk", "support", "ninja", "photography", "Ninja", "xn--p1ai", "рф", "中国"];
    for (const domain of domains)
      for (const text of [
        `evil.${domain}`,
        `see evil.${domain}/path?a=b.`,
        `bob@evil.${domain}.`,
        `e-v.${domain}:80`,
      ]) {
        const host = clean(text).match(/[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.[\p{L}-]{2,}/u);
        expect(host, clean(text)).to.equal(null);
      }
    expect(clean("evil-amazonaws.com amazonaws.support")).to.equal(
      "evil-amazonaws[.]com amazonaws[.]support",
    );
    expect(clean("evil\uff0ecom evil\u3002support")).to.equal("evil[\uff0e]com evil[\u3002]support");
  });

  it("leaves what AWS and its tools write as it is", () => {
    for (const text of [
      "iam.amazonaws.com",
      "aws-cli/2.15.0 Python/3.11.6 Linux/6.1.61 md/awscrt#0.19.19 cfg/retry-mode#standard",
      "Boto3/1.34.2 md/Botocore#1.34.2 ua/2.0 os/macos#23.1.0 lang/python#3.11.6",
      "AWSLogs/1/CloudTrail/x.json.gz",
      "arn:aws:sts::111122223333:assumed-role/deploy/i-0123456789abcdef0",
      "template.yaml and access.log",
      "198.51.100.7 at 10:30:00.123Z, about 1.5 s; e.g. now.",
    ])
      expect(clean(text)).to.equal(text);
    expect(clean("requestParameters.policyDocument", 120, true)).to.equal("requestParameters.policyDocument");
  });

  it("shows what is not text as JSON", () => {
    expect(clean({ a: [1] })).to.equal('{"a":[1]}');
    expect(clean(undefined)).to.equal("");
  });
});

describe("cut", () => {
  it("cuts to whole characters and says so", () => {
    expect(cut("abcdef", 6)).to.equal("abcdef");
    expect(cut("abcdef", 5)).to.equal("abcd…");
    expect(cut("abc😀def", 5)).to.equal("abc…");
  });
});

describe("withoutSecrets", () => {
  it("hides members that are named like secrets, and keeps what only sounds like one", () => {
    expect(
      withoutSecrets({
        masterUserPassword: "hunter2",
        nested: { sessionToken: "x", SecretAccessKey: "y", secretString: "z" },
        secretId: "prod/db",
        httpTokens: "optional",
        passwordResetRequired: false,
      }),
    ).to.deep.equal({
      masterUserPassword: "<hidden>",
      nested: { sessionToken: "<hidden>", SecretAccessKey: "<hidden>", secretString: "<hidden>" },
      secretId: "prod/db",
      httpTokens: "optional",
      passwordResetRequired: false,
    });
  });

  it("hides secret access keys and private keys inside texts", () => {
    const key = `wJalrXUtnFEMI/K7MDENG/${"bPxRfiCYEXAMPLEKEY"}`;
    expect(withoutSecrets(`export AWS_SECRET_ACCESS_KEY= ${key} `)).to.equal(
      "export AWS_SECRET_ACCESS_KEY= <hidden> ",
    );
    const pem = ["-----BEGIN RSA PRIVATE", " KEY-----abc-----END RSA PRIVATE KEY-----"].join("");
    expect(withoutSecrets(pem)).to.equal("<hidden>");
  });

  it("keeps ARNs, key ids and hashes", () => {
    const plain = ["arn:aws:iam::aws:policy/AdministratorAccess", "AKIAEXAMPLEMALLORY00", "a".repeat(40)];
    expect(withoutSecrets(plain)).to.deep.equal(plain);
  });

  it("does not follow a value of unlimited depth", () => {
    const deep = { a: { b: { c: { d: { e: 1 } } } } };
    expect(withoutSecrets(deep)).to.deep.equal({ a: { b: { c: { d: "…" } } } });
    expect(withoutSecrets(Array.from({ length: 100 }, (_, i) => i))).to.have.length(50);
  });
});

describe("isSecretName", () => {
  it("checks the last step of a path", () => {
    expect(isSecretName("requestParameters.masterUserPassword")).to.equal(true);
    expect(isSecretName("requestParameters.secretId")).to.equal(false);
  });
});
