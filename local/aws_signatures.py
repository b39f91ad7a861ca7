"""Signs what SNS delivers to functions, as AWS does; MiniStack writes FAKE.

https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html
The key and its certificate are made for each emulator by local/emulator.ts.
"""

import base64
import hashlib
import json

from ministack import app
from ministack.services import sns

SIGNED = ("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type")

# https://www.rfc-editor.org/rfc/rfc8017#section-9.2
DIGESTS = {
    "1": ("sha1", bytes.fromhex("3021300906052b0e03021a05000414")),
    "2": ("sha256", bytes.fromhex("3031300d060960864801650304020105000420")),
}


def number(text):
    return int.from_bytes(base64.urlsafe_b64decode(text + "=="), "big")


class Signer:
    def __init__(self, jwk, certificate):
        self.n, self.p, self.q, self.dp, self.dq, self.qi = (number(jwk[name]) for name in ("n", "p", "q", "dp", "dq", "qi"))
        self.certificate = certificate
        self.path = f"/SimpleNotificationService-{hashlib.md5(certificate.encode()).hexdigest()}.pem"

    def sign(self, text, version):
        name, prefix = DIGESTS[version]
        hashed = prefix + hashlib.new(name, text.encode()).digest()
        length = (self.n.bit_length() + 7) // 8
        padded = b"\0\1" + b"\xff" * (length - len(hashed) - 3) + b"\0" + hashed
        message = int.from_bytes(padded, "big")
        of_p, of_q = pow(message, self.dp, self.p), pow(message, self.dq, self.q)
        signature = of_q + (self.qi * (of_p - of_q) % self.p) * self.q
        return base64.b64encode(signature.to_bytes(length, "big")).decode()

    def signed(self, envelope, topic_arn):
        """What a function gets of a message: AWS spells two names otherwise than for others."""
        topic = sns._topic_by_arn_any_scope(topic_arn) or {}
        version = topic.get("attributes", {}).get("SignatureVersion", "1")
        text = "".join(f"{name}\n{envelope[name]}\n" for name in SIGNED if envelope.get(name) is not None)
        region = topic_arn.split(":")[3]
        given = {name: value for name, value in envelope.items() if name not in ("SigningCertURL", "UnsubscribeURL")}
        return {
            "Subject": None,
            "MessageAttributes": {},
            **given,
            "SignatureVersion": version,
            "Signature": self.sign(text, version),
            "SigningCertUrl": f"https://sns.{region}.amazonaws.com{self.path}",
            "UnsubscribeUrl": envelope.get("UnsubscribeURL"),
        }


def serving(handle, signer):
    """The certificate, where AWS's SDKs find everything else."""

    async def run(scope, receive, send):
        if scope["type"] != "http" or scope["path"] != signer.path:
            await handle(scope, receive, send)
            return
        body = signer.certificate.encode()
        headers = [(b"content-type", b"application/x-pem-file"), (b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    return run


def enforce(path):
    """Makes SNS sign. @param path of a JSON file with the key, as `jwk`, and its `certificate`"""
    with open(path, encoding="utf-8") as file:
        signer = Signer(**json.load(file))
    app.app = serving(app.app, signer)
    return signer.signed
