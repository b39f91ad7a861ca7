"""Checks of AWS that MiniStack skips: tables' resource policies, and signatures made with root's keys."""

import contextvars
import json
import os

from ministack.core import iam_actions, iam_evaluator, sigv4
from ministack.core.iam_evaluator import AuthError, EvalContext, EvalResult, evaluate_resource_policy
from ministack.core.responses import get_account_id
from ministack.services import dynamodb

presigned_by_root = contextvars.ContextVar("presigned_by_root", default=None)

# https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-iam.html
PARTIQL_ACTIONS = {"SELECT": "Select", "INSERT": "Insert", "UPDATE": "Update", "DELETE": "Delete"}


def table_policy_for_arn(arn):
    """The policy of a table, which applies to its indexes too, and the table's owner."""
    table = arn.split("/index/")[0]
    entry = dynamodb._resource_policies.get(table)
    return (entry["Policy"], table.split(":")[4]) if entry else None


def without_policy(delete):
    """A table's policy is deleted with it; MiniStack applies it to the next table of that name."""

    def run(data):
        answer = delete(data)
        if answer[0] == 200:
            name = data["TableName"].split("/")[-1]
            for arn in [arn for arn in dynamodb._resource_policies if arn.endswith(f":table/{name}")]:
                del dynamodb._resource_policies[arn]
        return answer

    return run


def statements_of(data):
    """The PartiQL statements of a request: of ExecuteStatement, BatchExecuteStatement or ExecuteTransaction."""
    many = data.get("Statements") or data.get("TransactStatements") or []
    return [one for one in [data, *many] if isinstance(one, dict) and isinstance(one.get("Statement"), str)]


def with_partiql_checks(checks_of):
    """A PartiQL statement needs the action of what it does, on its table. MiniStack checks the operation's name, on `*`."""

    def run(iam_action, body, region, account_id):
        if iam_action not in ("dynamodb:ExecuteStatement", "dynamodb:BatchExecuteStatement", "dynamodb:ExecuteTransaction"):
            return checks_of(iam_action, body, region, account_id)
        checks = []
        for one in statements_of(json.loads(body or b"{}")):
            try:
                parsed = dynamodb._parse_partiql(one["Statement"], one.get("Parameters", []))
            except ValueError:
                continue  # the service rejects it and says why
            parsed = parsed.get("select", parsed)  # of EXISTS
            action = f"dynamodb:PartiQL{PARTIQL_ACTIONS[parsed['op']]}"
            checks.append((action, iam_actions._dynamodb_table_arn(parsed["table"], region, account_id)))
        return checks

    return run


def keeping_presigned(pin):
    """Keeps root's presigned requests to STS: MiniStack accepts any signature of root."""

    def run(method, raw_path, query_params, raw_headers, handshake=False):
        pin(method, raw_path, query_params, raw_headers, handshake)
        presigned_by_root.set(None)
        signature = sigv4.parse_query_signature(query_params)
        if isinstance(signature, tuple) or signature.service != "sts":
            return
        if iam_evaluator.is_root_access_key(signature.access_key_id):
            headers = {name.decode("latin-1").lower(): sigv4.decode_header_value(value) for name, value in raw_headers}
            presigned_by_root.set((signature, method, raw_path, query_params, headers))

    return run


def root_failure():
    """AWS's error for a presigned request of root, if any. Here, the root users of all accounts have the emulator's secret."""
    if presigned_by_root.get() is None:
        return None
    signature, *request = presigned_by_root.get()
    secret = os.environ["AWS_SECRET_ACCESS_KEY"]
    failure = sigv4.request_time_failure(signature) or sigv4.header_signature_failure(
        signature, secret, *request, b"", presigned=True
    )
    return AuthError(*failure) if failure else None


def denial_of_root(principal, iam_action, region, resource_arn):
    """A resource policy can deny root, too."""
    policy = table_policy_for_arn(resource_arn)
    if policy is None or isinstance(principal, AuthError) or principal.policies is not None:
        return None
    context = EvalContext(principal.arn, "Root", principal.account, iam_action, resource_arn, region)
    if evaluate_resource_policy(policy[0], context).decision != "Deny":
        return None
    return EvalResult("Deny", principal_arn=principal.arn, resource_policy_arn=resource_arn)


def asking_root_too(enforce):
    def run(access_key_id, iam_action, service, region, resource_arn="*", service_context=None):
        if service == "sts" and (failure := root_failure()):
            return failure
        refused = enforce(access_key_id, iam_action, service, region, resource_arn, service_context)
        if refused is not None or service != "dynamodb":
            return refused
        principal = iam_evaluator.resolve_principal(access_key_id or "", get_account_id())
        return denial_of_root(principal, iam_action, region, resource_arn)

    return run


def enforce():
    """Makes MiniStack check what AWS checks."""
    from ministack import app

    dynamodb.table_policy_for_arn = table_policy_for_arn
    dynamodb._delete_table = without_policy(dynamodb._delete_table)
    iam_evaluator._RESOURCE_POLICY_LOOKUPS["dynamodb"] = ("dynamodb", "table_policy_for_arn")
    iam_actions.dynamodb_transaction_checks = with_partiql_checks(iam_actions.dynamodb_transaction_checks)
    iam_evaluator.enforce = asking_root_too(iam_evaluator.enforce)
    app.pin_signed_request = keeping_presigned(app.pin_signed_request)
