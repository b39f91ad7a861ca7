"""Runs MiniStack until standard input closes, patched where its behavior differs from AWS's.

Standard input is a pipe from the process that started this one. It closes however that process ends, kill -9
included, so no emulator and no Lambda worker outlives the program that started it.
"""

import collections
import contextvars
import gc
import json
import os
import re
import shutil
import signal
import sys
import threading
import time
from urllib.parse import parse_qsl


def end_with_stdin():
    """Lambda workers are in this process group, which was created for this process alone."""
    sys.stdin.buffer.read()
    shutil.rmtree(os.environ["TMPDIR"], ignore_errors=True)
    os.killpg(0, signal.SIGKILL)


# Before anything that takes time: it may end while it starts.
threading.Thread(target=end_with_stdin, daemon=True).start()

from ministack import app
from ministack.core import iam_actions, iam_evaluator, lambda_runtime
from ministack.core.responses import json_response
from ministack.services import ec2, iam, lambda_svc, sns, sts

# Otherwise compiled modules would be left in this folder.
sys.dont_write_bytecode = True
import aws_alarms
import aws_destinations
import aws_events
import aws_limits
import aws_policies
import aws_regions
import aws_signatures
import chat_rooms
import cloudtrail_service
import kms_objects
import lambda_logs
import map_runs
import organization
import security_hub
import table_policies
import trail_parts

source_arn = contextvars.ContextVar("source_arn", default=None)


def deliver_to_lambda(endpoint, envelope, topic_arn, sub_arn, *_):
    """SNS invokes a function asynchronously: failed calls are retried and end in the failure destination.

    https://docs.aws.amazon.com/lambda/latest/dg/invocation-async.html
    MiniStack calls it once, whatever the answer, and does not check the function's policy.
    """
    function, config, name = lambda_svc._get_func_record_for_ref(endpoint)
    if not function or not config:
        sns.logger.warning("SNS to Lambda: function %s not found", name)
        aws_alarms.not_delivered(topic_arn)
        return
    policy, arn = function["policy"], config["FunctionArn"]
    if not aws_policies.lets(policy, "sns.amazonaws.com", "lambda:InvokeFunction", arn, topic_arn):
        sns.logger.warning("SNS to Lambda: the policy of %s does not let %s invoke it", name, topic_arn)
        aws_alarms.not_delivered(topic_arn)
        return
    record = {
        "EventVersion": "1.0",
        "EventSubscriptionArn": sub_arn,
        "EventSource": "aws:sns",
        "Sns": signed(json.loads(envelope), topic_arn),
    }
    lambda_svc.invoke_async_with_retry(function, {"Records": [record]})


# A queued event waits for one of its function's slots, as on AWS in an account without concurrency to spare. MiniStack starts a
# process for each event that comes while the others work, and a burst of records would start dozens of them on one machine. More
# processes than cores only take longer; two show what happens at once.
slots = collections.defaultdict(lambda: threading.BoundedSemaphore(max(2, min(4, os.cpu_count() or 1))))


def is_deleted(function_arn):
    return lambda_svc._get_func_record_for_ref(function_arn)[0] is None


def waiting(execute):
    """A queued event waits for a free slot of the reserved concurrency; MiniStack counts that as a failed attempt.

    It is dropped when its function is deleted meanwhile; MiniStack would start the deleted code for each.
    """

    def run(function, event):
        if not aws_alarms.queued_at.get():
            return execute(function, event)
        arn = (function.get("config") or function)["FunctionArn"]
        pause = 0.1
        while True:
            with slots[arn]:
                if is_deleted(arn):
                    return {"body": None}
                result = execute(function, event)
            if not result.get("throttle"):
                return result
            time.sleep(pause)
            pause = min(pause * 2, 2)

    return run


def is_stopped(function):
    return lambda_svc._reserved_concurrency(function, function.get("config") or function) == 0


def give_up(function, event):
    """At a reserved concurrency of 0 an event is not tried, but goes to the failure destination at once.

    https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
    """
    config = function.get("config") or function
    destinations = function.get("event_invoke_config") or function.get("event_invoke_configs", {}).get("$LATEST") or {}
    destination = destinations.get("DestinationConfig", {}).get("OnFailure", {}).get("Destination")
    if destination:
        lambda_svc._route_async_failure(destination, config["FunctionName"], event, {})


def queueing(invoke):
    def run(function, event):
        if is_stopped(function):
            give_up(function, event)
            return
        token = aws_alarms.queued_at.set(time.time())
        try:
            invoke(function, event)
        finally:
            aws_alarms.queued_at.reset(token)

    return run


def as_on_tls(pin):
    """Connections on loopback count as TLS, which AWS's endpoints have and policies may require."""

    def run(source_ip, _):
        pin(source_ip, True)

    return run


def with_source_arn(pin):
    """AWS services name in this header the resource that they call for; policies see it as aws:SourceArn.

    It counts only from root, as whom the recorder calls in CloudTrail's place, and is ignored from anybody else.
    """

    def run(headers, query_params=None):
        pin(headers, query_params)
        is_root = iam_evaluator.caller_arn().endswith(":root")
        source_arn.set(headers.get("x-amz-source-arn") if is_root else None)

    return run


def with_source_arn_key(resolve):
    def run(key, context):
        value = resolve(key, context)
        return source_arn.get() if value is None and key.lower() == "aws:sourcearn" else value

    return run


def pattern_of(arn):
    """Matches the ARNs of a format of AWS's service authorization reference: `arn:${Partition}:iam::${Account}:user/${User}`."""
    return re.compile(".+".join(re.escape(text) for text in re.split(r"\$\{\w+\}", arn)))


def with_resources_of(forms, extract):
    """The resource of a call, for policies. MiniStack does not know it for many actions, or uses the wrong parameter.

    Then it is the action's first ARN format, with the region and the account of the request and `unknown` for the
    rest, or `*` if the action has none: policies are evaluated for resources of the right kind.
    """
    patterns = {action: [pattern_of(arn) for arn in arns] for action, arns in forms.items()}

    def run(service, method, path, headers, body, query_params, region, account_id):
        request = (service, method, path, headers, body, query_params)
        found = extract(*request, region, account_id)
        action = iam_actions.extract_iam_action(*request)
        if action not in forms or any(pattern.fullmatch(found) for pattern in patterns[action]):
            return found
        if not forms[action]:
            return "*"
        known = {"Partition": "aws", "Region": region, "Account": account_id}
        return re.sub(r"\$\{(\w+)\}", lambda name: known.get(name[1], "unknown"), forms[action][0])

    return run


def rule_of(given, region, account):
    """Rules on the default bus are named without it."""
    bus = (given.get("EventBusName") or "default").rsplit("/", 1)[-1]
    name = given.get("Name") or given["Rule"]
    return f"arn:aws:events:{region}:{account}:rule/{name if bus == 'default' else f'{bus}/{name}'}"


def of_events(kind):
    return lambda given, region, account: f"arn:aws:events:{region}:{account}:{kind}/{given['Name']}"


# The resource of actions for which MiniStack has none, from the request's parameters.
NAMED_RESOURCES = {
    "dynamodb:GetResourcePolicy": lambda given, *_: given["ResourceArn"],
    "events:DescribeApiDestination": of_events("api-destination"),
    "events:DescribeConnection": of_events("connection"),
    "events:DescribeRule": rule_of,
    "events:ListTargetsByRule": rule_of,
    "logs:DescribeSubscriptionFilters": lambda given, region, account: (
        f"arn:aws:logs:{region}:{account}:log-group:{given['logGroupName']}:log-stream:"
    ),
    "sns:GetDataProtectionPolicy": lambda given, *_: given["ResourceArn"],
    "sns:TagResource": lambda given, *_: given["ResourceArn"],
    "sns:UntagResource": lambda given, *_: given["ResourceArn"],
    "sns:GetSubscriptionAttributes": lambda given, *_: given["SubscriptionArn"].rsplit(":", 1)[0],
}


def with_named_resources(extract):
    """https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html"""

    def run(service, method, path, headers, body, query_params, region, account_id):
        request = (service, method, path, headers, body, query_params)
        named = NAMED_RESOURCES.get(iam_actions.extract_iam_action(*request))
        if named is None:
            return extract(*request, region, account_id)
        given = json.loads(body) if body.startswith(b"{") else dict(parse_qsl(body.decode()))
        return named(given, region, account_id)

    return run


def with_lambda_actions(action_of):
    """For some changes and reads, MiniStack checks the action that creates or puts something."""
    actions = {
        ("PUT", "url"): "UpdateFunctionUrlConfig",
        ("GET", "concurrency"): "GetFunctionConcurrency",
        ("DELETE", "concurrency"): "DeleteFunctionConcurrency",
        ("GET", "event-invoke-config"): "GetFunctionEventInvokeConfig",
        ("PUT", "event-invoke-config"): "PutFunctionEventInvokeConfig",
        ("POST", "event-invoke-config"): "UpdateFunctionEventInvokeConfig",
        ("DELETE", "event-invoke-config"): "DeleteFunctionEventInvokeConfig",
        ("GET", "runtime-management-config"): "GetRuntimeManagementConfig",
    }

    def run(method, path):
        return actions.get((method, path.rstrip("/").rsplit("/", 1)[-1])) or action_of(method, path)

    return run


def with_runtime_management(handle):
    """By default, AWS updates a function's runtime. MiniStack does not have this setting.

    https://docs.aws.amazon.com/lambda/latest/api/API_GetRuntimeManagementConfig.html
    """

    async def run(method, path, *args):
        if method == "GET" and path.endswith("/runtime-management-config"):
            return json_response({"UpdateRuntimeOn": "Auto"})
        return await handle(method, path, *args)

    return run


def with_data_protection(handle):
    """By default, a topic has no data protection policy. MiniStack does not have this call.

    https://docs.aws.amazon.com/sns/latest/api/API_GetDataProtectionPolicy.html
    """

    async def run(method, path, headers, body, query_params):
        if b"Action=GetDataProtectionPolicy" in body:
            result = "<GetDataProtectionPolicyResult></GetDataProtectionPolicyResult>"
            return sns._xml(200, "GetDataProtectionPolicyResponse", result)
        return await handle(method, path, headers, body, query_params)

    return run


def naming_the_function(credentials_of):
    """Calls from inside a function have its ARN in the context.

    https://docs.aws.amazon.com/lambda/latest/dg/permissions-source-function-arn.html
    """

    def run(config):
        credentials = credentials_of(config)
        session = sts._sessions.get(credentials["AWS_ACCESS_KEY_ID"])
        if session is not None:
            session["SourceFunctionArn"] = ":".join(config["FunctionArn"].split(":")[:7])
        return credentials

    return run


def with_function_keys(keys_of):
    """Condition keys of the caller: its function, and that no service calls on its behalf."""

    def run(credential):
        session = sts._sessions.get(credential.access_key_id) or {}
        function = session.get("SourceFunctionArn")
        more = {"lambda:sourcefunctionarn": function} if function else {}
        return {**keys_of(credential), "aws:viaawsservice": "false", **more}

    return run


def with_policy_arn(context_of):
    """When a policy is attached or detached, its ARN is the condition key iam:PolicyARN."""

    def run(service, iam_action, body, params):
        context = context_of(service, iam_action, body, params)
        attached = re.match(r"iam:(?:At|De)tach\w+Policy$", iam_action) and iam_actions._query_param(params, "PolicyArn")
        return {**context, "iam:policyarn": attached} if attached else context

    return run


def as_a_whole(update):
    """AWS replaces the whole password policy: what a call omits gets its default. MiniStack keeps the old value.

    https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccountPasswordPolicy.html
    """

    def run(params):
        iam._account_password_policy["policy"] = {"MinimumPasswordLength": 6}
        return update(params)

    return run


def set_default_policy_version(params):
    """https://docs.aws.amazon.com/IAM/latest/APIReference/API_SetDefaultPolicyVersion.html, which MiniStack lacks."""
    version = iam._p(params, "VersionId")
    policy = iam._policies.get(iam._p(params, "PolicyArn"))
    if not policy or version not in policy["Versions"]:
        return iam._error(404, "NoSuchEntity", f"Policy version {version} not found.", ns="iam")
    for each in policy["Versions"].values():
        each["IsDefaultVersion"] = each["VersionId"] == version
    policy.update(DefaultVersionId=version, UpdateDate=iam._now())
    return iam._xml(200, "SetDefaultPolicyVersionResponse", "", ns="iam")


def one_range_each(parse):
    """In AWS, each address range, group or prefix list is a rule with its own ID.

    https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SecurityGroupRule.html
    MiniStack gives all ranges of a permission one ID, and revokes them together.
    """
    kinds = ("IpRanges", "Ipv6Ranges", "PrefixListIds", "UserIdGroupPairs")

    def run(params, prefix):
        return [
            {**rule, **{kind: [] for kind in kinds}, **one}
            for rule in parse(params, prefix)
            for one in [{kind: [each]} for kind in kinds for each in rule.get(kind, [])] or [{}]
        ]

    return run


def with_ports(change):
    """MiniStack drops the ports of a network ACL's entries."""

    def run(params):
        answer = change(params)
        number, egress = int(ec2._p(params, "RuleNumber") or 0), ec2._p(params, "Egress") == "true"
        acl = ec2._network_acls.get(ec2._p(params, "NetworkAclId"), {"Entries": []})
        ports = {end: ec2._p(params, f"PortRange.{end}") for end in ("From", "To")}
        for entry in acl["Entries"]:
            if (entry["RuleNumber"], entry["Egress"]) == (number, egress) and all(ports.values()):
                entry["PortRange"] = {end: int(port) for end, port in ports.items()}
        return answer

    return run


def telling_ports(xml_of):
    def run(entry):
        xml = xml_of(entry)
        ports = entry.get("PortRange")
        if ports is None:
            return xml
        return xml.replace("</item>", f"<portRange><from>{ports['From']}</from><to>{ports['To']}</to></portRange></item>")

    return run


ec2._parse_ip_permissions = one_range_each(ec2._parse_ip_permissions)
ec2._network_acl_entry_xml = telling_ports(ec2._network_acl_entry_xml)
for action in ("CreateNetworkAclEntry", "ReplaceNetworkAclEntry"):
    ec2._ACTION_MAP[action] = with_ports(ec2._ACTION_MAP[action])
iam._IAM_HANDLERS["SetDefaultPolicyVersion"] = set_default_policy_version
iam._IAM_HANDLERS["UpdateAccountPasswordPolicy"] = as_a_whole(iam._IAM_HANDLERS["UpdateAccountPasswordPolicy"])
iam_actions._lambda_action = with_lambda_actions(iam_actions._lambda_action)
lambda_svc.handle_request = with_runtime_management(lambda_svc.handle_request)
sns.handle_request = with_data_protection(sns.handle_request)
for module in (lambda_svc, lambda_runtime):
    module.execution_credentials = naming_the_function(module.execution_credentials)
iam_evaluator._principal_keys = with_function_keys(iam_evaluator._principal_keys)
iam_actions.request_tag_context = with_policy_arn(iam_actions.request_tag_context)
with open(sys.argv[1], encoding="utf-8") as file:
    iam_actions.extract_resource_arn = with_resources_of(json.load(file), iam_actions.extract_resource_arn)

iam_actions.extract_resource_arn = with_named_resources(iam_actions.extract_resource_arn)

app.pin_request_origin = as_on_tls(app.pin_request_origin)
iam_evaluator.pin_request_caller = with_source_arn(iam_evaluator.pin_request_caller)
iam_evaluator._resolve_condition_key = with_source_arn_key(iam_evaluator._resolve_condition_key)
aws_policies.remember()
organization.know()
aws_regions.know()
trail_parts.keep()
aws_limits.enforce()
aws_events.enforce()
aws_destinations.enforce()
signed = aws_signatures.enforce(sys.argv[2])
aws_alarms.enforce()
cloudtrail_service.stand_in(source_arn.get)
table_policies.enforce()
kms_objects.enforce()
lambda_logs.enforce()
map_runs.enforce()
security_hub.serve()
chat_rooms.know()
sns._deliver_to_lambda = deliver_to_lambda
lambda_svc._execute_function = waiting(lambda_svc._execute_function)
lambda_svc.invoke_async_with_retry = queueing(lambda_svc.invoke_async_with_retry)

# What the modules hold stays; going through it after every 700 new objects would take a tenth of all time.
gc.freeze()
gc.set_threshold(100_000, 50, 50)
sys.argv = ["ministack"]
app.main()
