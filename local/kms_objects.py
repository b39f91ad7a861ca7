"""Objects in S3 that are encrypted with a KMS key: in AWS, reading one takes kms:Decrypt. MiniStack does not check that.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
"""

import contextvars

from ministack.core import iam_actions, iam_evaluator
from ministack.core.iam_evaluator import EvalResult
from ministack.services import kms, s3

KEY_HEADER = "x-amz-server-side-encryption-aws-kms-key-id"
CONTEXT_KEY = "kms:encryptioncontext:aws:cloudtrail:arn"

# The key that the current request may not use.
refused_key = contextvars.ContextVar("refused_key", default=None)


def object_of(resource_arn):
    bucket_name, _, key = resource_arn.split(":::", 1)[-1].partition("/")
    bucket = s3._ensure_bucket(bucket_name) or {}
    return key, (bucket.get("objects") or {}).get(key) or {}


def key_of(stored):
    """The key that encrypts an object, wherever MiniStack keeps the header."""
    for part in (stored, *(each for each in stored.values() if isinstance(each, dict))):
        if part.get(KEY_HEADER):
            return part[KEY_HEADER]
    return None


def is_usable(arn):
    record = kms._keys.get(arn.rsplit("/", 1)[-1])
    return record is None or record.get("KeyState") == "Enabled"


def naming_the_key(respond):
    """AWS names the action and the key that are missing, not the object."""

    def run(service, action, principal_arn, request_id, **options):
        key = refused_key.get()
        if key is None or action != "s3:GetObject":
            return respond(service, action, principal_arn, request_id, **options)
        message = (
            f"User: {principal_arn} is not authorized to perform: kms:Decrypt on resource: {key} "
            "because no resource-based policy allows the kms:Decrypt action"
        )
        return respond(service, action, principal_arn, request_id, **{**options, "message": message})

    return run


def with_decryption(enforce):
    def run(access_key_id, iam_action, service, region, resource_arn="*", service_context=None):
        refused_key.set(None)
        refused = enforce(access_key_id, iam_action, service, region, resource_arn, service_context)
        if refused is not None or iam_action != "s3:GetObject" or ":::" not in resource_arn:
            return refused
        name, stored = object_of(resource_arn)
        arn = key_of(stored)
        if arn is None or not arn.startswith("arn:"):
            return None
        # CloudTrail encrypts log files in the context of their trail.
        context = {CONTEXT_KEY: "arn:aws:cloudtrail:"} if "AWSLogs/" in name else {}
        denied = enforce(access_key_id, "kms:Decrypt", "kms", arn.split(":")[3], arn, context)
        if denied is None and not is_usable(arn):
            denied = EvalResult("Deny", resource_policy_arn=arn)
        if denied is not None:
            refused_key.set(arn)
        return denied

    return run


def enforce():
    iam_evaluator.enforce = with_decryption(iam_evaluator.enforce)
    iam_actions.access_denied_response = naming_the_key(iam_actions.access_denied_response)
