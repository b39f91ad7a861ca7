"""Patches MiniStack's EventBridge where it differs from AWS's: targets need permission, and events reach other regions.

https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html
https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cross-region.html
"""

import contextvars
import json

from ministack.core import iam_evaluator
from ministack.core.iam_evaluator import EvalContext, evaluate_resource_policy
from ministack.core.responses import get_account_id, get_region, request_scope
from ministack.services import eventbridge, lambda_svc, sns, sqs

import aws_policies

SERVICE = "events.amazonaws.com"

# https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html
MAX_PATTERN = 2_048

# https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html
MAX_RULES = 300

# The rule and the target that are being called.
calling = contextvars.ContextVar("calling", default=({}, {}))


def naming_the_rule(invoke):
    """Targets' policies are evaluated for the rule, which MiniStack does not pass on."""

    def run(target, event, rule, view=None):
        token = calling.set((rule, target))
        try:
            invoke(target, event, rule, view)
        finally:
            calling.reset(token)

    return run


def refuse(arn):
    rule, _ = calling.get()
    eventbridge.logger.warning("EventBridge: the policy of %s does not let the rule %s in", arn, rule.get("Arn"))


def source():
    return calling.get()[0].get("Arn", "")


def asking_topic(publish):
    def run(arn, payload):
        topic = sns._topic_by_arn_any_scope(arn) or {}
        policy = topic.get("attributes", {}).get("Policy")
        if aws_policies.lets(policy, SERVICE, "sns:Publish", arn, source()):
            publish(arn, payload)
        else:
            refuse(arn)

    return run


def asking_queue(send):
    def run(spec, payload, sqs_parameters=None):
        policy, _ = sqs.queue_policy_for_arn(str(spec)) or ("", "")
        if aws_policies.lets(policy, SERVICE, "sqs:SendMessage", str(spec), source()):
            send(spec, payload, sqs_parameters)
        else:
            refuse(str(spec))

    return run


def invoke_function(arn, payload):
    """A function is invoked asynchronously, with retries and its failure destination; MiniStack calls it once."""
    function, config, _ = lambda_svc._get_func_record_for_ref(arn)
    if not function or not config:
        eventbridge.logger.warning("EventBridge: function %s not found", arn)
    elif aws_policies.lets(function["policy"], SERVICE, "lambda:InvokeFunction", config["FunctionArn"], source()):
        lambda_svc.invoke_async_with_retry(function, eventbridge.json.loads(payload))
    else:
        refuse(arn)


def may_forward(bus_arn):
    """Within an account, the target's role decides, and the bus's policy can still deny; across accounts, both must allow."""
    _, target = calling.get()
    role = target.get("RoleArn")
    region, account = bus_arn.split(":")[3:5]
    is_other_account = account != get_account_id()
    is_elsewhere = is_other_account or region != get_region()
    if role is None and is_elsewhere:
        return False
    if role and not aws_policies.role_lets(role, SERVICE, "events:PutEvents", bus_arn, source()):
        return False
    bus = bus_arn.split("/", 1)[1]
    context = aws_policies.context_of("events:PutEvents", bus_arn, source(), role or "*")
    context.principal_account = get_account_id()
    with request_scope(account, region):
        policy = eventbridge._event_bus_policies.get(bus)
    decision = evaluate_resource_policy(policy, context, service=SERVICE).decision
    return decision == "Allow" if is_other_account else decision != "Deny"


def forward(spec, event, rule, event_path, target_input_payload=None):
    """The event keeps its region and account: those of the call."""
    if not may_forward(str(spec)):
        refuse(str(spec))
        return
    key = eventbridge._rule_key(rule.get("Name"), rule.get("EventBusName", "default"))
    if key in event_path:
        eventbridge.logger.warning("EventBridge: %s would forward forever", key)
        return
    bus = spec.resource.split("/", 1)[1]
    forwarded = {**event, "EventBusName": bus, "_DispatchPath": [*event_path, key]}
    with request_scope(spec.account_id, spec.region):
        eventbridge._ensure_default_bus()
        if bus in eventbridge._event_buses:
            eventbridge._dispatch_event(forwarded)
        else:
            eventbridge.logger.warning("EventBridge: no bus %s", spec)


def with_limits(put_rule):
    def run(data):
        bus = data.get("EventBusName", "default").rsplit("/", 1)[-1]
        key = eventbridge._rule_key(data.get("Name"), bus)
        rules = [rule for rule in eventbridge._rules.values() if rule.get("EventBusName", "default") == bus]
        if key not in eventbridge._rules and len(rules) >= MAX_RULES:
            message = f"The requested resource exceeds the maximum number allowed: {MAX_RULES} rules on {bus}"
            return eventbridge.error_response_json("LimitExceededException", message, 400)
        if len(data.get("EventPattern") or "") > MAX_PATTERN:
            message = f"Event pattern is not valid. Reason: it is longer than {MAX_PATTERN} characters"
            return eventbridge.error_response_json("InvalidEventPatternException", message, 400)
        return put_rule(data)

    return run


def put_permission(put):
    """A call can set the whole policy; MiniStack knows only single statements."""

    def run(data):
        if "Policy" not in data:
            return put(data)
        bus = data.get("EventBusName", "default")
        if bus not in eventbridge._event_buses:
            return eventbridge.error_response_json("ResourceNotFoundException", f"Event bus {bus} does not exist.", 400)
        eventbridge._event_bus_policies[bus] = json.loads(data["Policy"])
        return eventbridge.json_response({})

    return run


def asking_bus(put_events):
    """A bus's policy can deny its own account, and must allow another."""

    def run(data, allow_aws_source=False):
        caller = iam_evaluator.caller_arn()
        for bus in {entry.get("EventBusName", "default") for entry in data.get("Entries", [])}:
            here = f"arn:aws:events:{get_region()}:{get_account_id()}:event-bus/"
            arn = bus if bus.startswith("arn:") else here + bus
            region, account = arn.split(":")[3:5]
            with request_scope(account, region):
                policy = eventbridge._event_bus_policies.get(arn.rsplit("/", 1)[-1])
            context = EvalContext(caller, "User", get_account_id(), "events:PutEvents", arn, get_region())
            decision = evaluate_resource_policy(policy, context).decision if policy else "ImplicitDeny"
            if decision == "Deny" or (account != get_account_id() and decision != "Allow"):
                message = f"User: {caller} is not authorized to perform: events:PutEvents on resource: {arn}"
                return eventbridge.error_response_json("AccessDeniedException", message, 400)
        return put_events(data, allow_aws_source)

    return run


def enforce():
    """Makes MiniStack's rules call their targets as AWS's do."""
    eventbridge._put_rule = with_limits(eventbridge._put_rule)
    eventbridge._put_permission = put_permission(eventbridge._put_permission)
    eventbridge._put_events = asking_bus(eventbridge._put_events)
    eventbridge._invoke_target = naming_the_rule(eventbridge._invoke_target)
    eventbridge._dispatch_to_sns = asking_topic(eventbridge._dispatch_to_sns)
    eventbridge._dispatch_to_sqs = asking_queue(eventbridge._dispatch_to_sqs)
    eventbridge._dispatch_to_lambda = invoke_function
    eventbridge._dispatch_to_event_bus = forward
