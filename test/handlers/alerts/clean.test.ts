import { expect } from "chai";
import { clean, cut, isSecretName, withoutSecrets } from "../../../handlers/alerts/clean";

describe("clean", () => {
  it("makes one line of text that would forge lines, colors, direction or links", () => {
    expect(clean("bob\nOutcome: all is well")).to.equal("bob\\u000aOutcome: all is well");
    expect(clean("\u001b[31mred\u001b[0m")).to.equal("\\u001b[31mred\\u001b[0m");
    expect(clean("a\u202eb\u200bc\u2028d\u{e0041}e")).to.equal("a\\u202eb\\u200bc\\u2028d\\ue0041e");
    expect(clean("see https://evil.example/")).to.equal("see https[:]//evil[.]example/");
    expect(clean("www.evil or bob@evil.com")).to.equal("www[.]evil or bob[@]evil[.]com");
    expect(clean("iam.amazonaws.com, 198.51.100.7, v1.2")).to.equal("iam.amazonaws.com, 198.51.100.7, v1.2");
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
