"""The organization of the accounts on this machine, for condition keys. MiniStack has no member accounts.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-resourceorgid
"""

import os

from ministack.core import iam_evaluator

# `o-abcde12345:111122223333,222233334444`
ORGANIZATION, _, ACCOUNTS = os.environ.get("CLOUDTRAILER_ORGANIZATION", "").partition(":")
MEMBERS = frozenset(ACCOUNTS.split(",")) if ORGANIZATION else frozenset()


def with_organization(resolve):
    def run(key, context):
        name = key.lower()
        if name == "aws:principalorgid" and context.principal_account in MEMBERS:
            return ORGANIZATION
        if name == "aws:resourceorgid":
            parts = context.resource_arn.split(":")
            account = parts[4] if len(parts) > 4 and parts[4] else context.principal_account
            return ORGANIZATION if account in MEMBERS else None
        return resolve(key, context)

    return run


def know():
    iam_evaluator._resolve_condition_key = with_organization(iam_evaluator._resolve_condition_key)
