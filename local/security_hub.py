"""Security Hub, as far as importing findings goes. MiniStack has none.

Findings of an account's own belong to its default product, and to the account. An import that updates a finding leaves the
workflow alone, except that a finding that is active again is NEW again; one that is older than the last changes nothing.
https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_BatchImportFindings.html
https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_WorkflowUpdate.html
"""

import json

from ministack import app
from ministack.core import iam_actions
from ministack.core.responses import (
    AccountRegionScopedDict,
    error_response_json,
    get_account_id,
    get_region,
    json_response,
)

NAME = "securityhub"
MAX_FINDINGS = 100
MAX_BYTES = 240 * 1024
REQUIRED = (
    "SchemaVersion Id ProductArn GeneratorId AwsAccountId CreatedAt UpdatedAt Severity Title Description Resources"
).split()
RANGES = ("Software and Configuration Checks", "TTPs", "Effects", "Unusual Behaviors", "Sensitive Data Identifications")

hubs = AccountRegionScopedDict()
findings = AccountRegionScopedDict()


def why_not(finding):
    """Why a finding cannot be imported; None if it can."""
    account, region = get_account_id(), get_region()
    missing = [name for name in REQUIRED if name not in finding]
    if missing:
        return "InvalidInput", f"Finding does not adhere to the AWS Security Finding Format: {', '.join(missing)} missing"
    product = f":securityhub:{region}:{account}:product/{account}/default"
    if not finding["ProductArn"].endswith(product) or finding["AwsAccountId"] != account:
        return "InvalidAccess", f"Account {account} may only import findings of its own"
    if any(kind.split("/")[0] not in RANGES for kind in finding.get("Types", [])):
        return "InvalidInput", "Types must begin with a namespace of the AWS Security Finding Format"
    if not finding["Resources"] or len(finding["Resources"]) > 32 or len(json.dumps(finding)) > MAX_BYTES:
        return "LimitExceeded", "A finding has 1 to 32 resources and at most 240 KB"
    return None


def keep(finding):
    before = findings.get(finding["Id"])
    if before is None:
        findings[finding["Id"]] = {"Workflow": {"Status": "NEW"}, "RecordState": "ACTIVE", **finding}
        return
    if finding["UpdatedAt"] < before["UpdatedAt"]:
        return
    is_open_again = (before["RecordState"], finding.get("RecordState")) == ("ARCHIVED", "ACTIVE")
    workflow = {"Status": "NEW"} if is_open_again and before["Workflow"]["Status"] != "SUPPRESSED" else before["Workflow"]
    findings[finding["Id"]] = {**before, **finding, "Workflow": workflow}


def import_findings(given):
    if not 1 <= len(given.get("Findings", [])) <= MAX_FINDINGS:
        return error_response_json("InvalidInputException", "1 to 100 findings are expected", 400)
    failed = []
    for finding in given["Findings"]:
        problem = why_not(finding)
        if problem is None:
            keep(finding)
        else:
            failed.append({"Id": finding.get("Id", ""), "ErrorCode": problem[0], "ErrorMessage": problem[1]})
    return json_response(
        {"SuccessCount": len(given["Findings"]) - len(failed), "FailedCount": len(failed), "FailedFindings": failed}
    )


def get_findings(given):
    """Of the filters, only IDs."""
    ids = [one["Value"] for one in given.get("Filters", {}).get("Id", [])]
    return json_response({"Findings": [one for one in list(findings.values()) if not ids or one["Id"] in ids]})


def enable(_):
    hubs["hub"] = {"HubArn": f"arn:aws:securityhub:{get_region()}:{get_account_id()}:hub/default"}
    return json_response({})


OPERATIONS = {
    ("POST", "/findings/import"): import_findings,
    ("POST", "/findings"): get_findings,
    ("GET", "/accounts"): lambda _: json_response(hubs["hub"]),
}


async def handle_request(method, path, headers, body, query_params):
    given = json.loads(body) if body else {}
    if (method, path) == ("POST", "/accounts"):
        return enable(given)
    if "hub" not in hubs:
        message = f"Account {get_account_id()} is not subscribed to AWS Security Hub"
        return error_response_json("InvalidAccessException", message, 401)
    operation = OPERATIONS.get((method, path))
    if operation is None:
        return error_response_json("InvalidAction", f"not known on this machine: {method} {path}", 400)
    return operation(given)


def with_product(extract):
    """Importing is authorized for the product of the findings."""

    def run(service, method, path, headers, body, query_params, region, account_id):
        if service == NAME and path == "/findings/import":
            given = json.loads(body).get("Findings") or [{}]
            return given[0].get("ProductArn", "*")
        return extract(service, method, path, headers, body, query_params, region, account_id)

    return run


def serve():
    app.SERVICE_HANDLERS[NAME] = handle_request
    iam_actions.SERVICE_TO_IAM_NAMESPACE[NAME] = NAME
    iam_actions._BOTOCORE_SERVICE_MAP[NAME] = [NAME]
    iam_actions.extract_resource_arn = with_product(iam_actions.extract_resource_arn)
