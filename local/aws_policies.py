"""Evaluates policies for calls of AWS's own services, which MiniStack mostly does not, and remembers what it has parsed."""

import functools

from ministack.core import iam_evaluator
from ministack.core.iam_evaluator import EvalContext, evaluate, evaluate_resource_policy
from ministack.services import iam


def account_of(arn):
    return arn.split(":")[4]


def context_of(action, resource_arn, source_arn, principal_arn="*"):
    """The context of a service's call on behalf of a resource. AWS's services use TLS."""
    account = account_of(source_arn)
    return EvalContext(
        principal_arn=principal_arn,
        principal_type="Service",
        principal_account="",
        action=action,
        resource_arn=resource_arn,
        region=source_arn.split(":")[3],
        secure_transport=True,
        service_context={"aws:sourcearn": source_arn, "aws:sourceaccount": account, "aws:sourceowner": account},
    )


def lets(policy, service, action, resource_arn, source_arn):
    """Whether a resource's policy lets a service make a call on behalf of a resource, its source."""
    context = context_of(action, resource_arn, source_arn)
    return evaluate_resource_policy(policy, context, service=service).decision == "Allow"


def role_lets(role_arn, service, action, resource_arn, source_arn):
    """Whether a service may assume a role on behalf of a source, and the role may make the call."""
    role = iam._roles.get(role_arn.rsplit("/", 1)[-1])
    if not role or not lets(role["AssumeRolePolicyDocument"], service, "sts:AssumeRole", role_arn, source_arn):
        return False
    return allows(role_arn, context_of(action, resource_arn, source_arn))


def allows(role_arn, context):
    policies = iam_evaluator._gather_role_policies(role_arn.rsplit("/", 1)[-1], account_of(role_arn))
    return evaluate(context, policies).decision == "Allow"


def remembering(parse):
    """MiniStack parses all policies of a role for each of its calls. Those of a detector have tens of kilobytes."""
    parsed = functools.lru_cache(maxsize=1_000)(parse)

    def run(document):
        return list(parsed(document)) if isinstance(document, str) else parse(document)

    return run


def remember():
    iam_evaluator.parse_policy_document = remembering(iam_evaluator.parse_policy_document)
