"""Patches MiniStack's API destinations where they differ from AWS's: the target's role is asked, what fails is tried again and
ends in the dead-letter queue, and all of it is counted.

https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html
https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
"""

import contextvars
import json
import time

from ministack.core.responses import request_scope
from ministack.services import eventbridge, sqs

import aws_alarms
import aws_policies

SERVICE = "events.amazonaws.com"

# AWS's limits, if a target has none of its own.
MAX_AGE, MAX_RETRIES = 86_400, 185

# Seconds before the first retry and at most, of which AWS's are longer.
PAUSES = 1, 60

# As MiniStack has it: aws_events.py asks for the rule that is being called, which another thread does not know.
send = eventbridge._dispatch_to_sqs

# The event that is passed on, the rule and the target.
passing_on = contextvars.ContextVar("passing_on", default=None)


def knowing_the_event(invoke):
    def run(target, event, rule, view=None):
        token = passing_on.set((event, rule, target))
        try:
            invoke(target, event, rule, view)
        finally:
            passing_on.reset(token)

    return run


def count(rule, metric):
    """Metrics of a rule on a custom bus have both names."""
    dimensions = {"EventBusName": rule.get("EventBusName", "default"), "RuleName": rule["Name"]}
    aws_alarms.record(rule["Arn"], "AWS/Events", metric, 1, dimensions)


def dead_letter(event, rule, target, code, message, retries=0, condition=None):
    """Sends what could not be delivered to the target's dead-letter queue, if the queue lets the rule send."""
    eventbridge.logger.warning("EventBridge: %s could not deliver: %s: %s", rule["Arn"], code, message)
    count(rule, "FailedInvocations")
    arn = (target.get("DeadLetterConfig") or {}).get("Arn")
    if not arn:
        return
    policy, _ = sqs.queue_policy_for_arn(arn) or ("", "")
    queue = sqs._queue_by_arn(arn)
    if not queue or not aws_policies.lets(policy, SERVICE, "sqs:SendMessage", arn, rule["Arn"]):
        count(rule, "InvocationsFailedToBeSentToDlq")
        return
    said = {
        "RULE_ARN": rule["Arn"],
        "TARGET_ARN": target["Arn"],
        "ERROR_CODE": code,
        "ERROR_MESSAGE": message,
        "RETRY_ATTEMPTS": str(retries),
        **({"EXHAUSTED_RETRY_CONDITION": condition} if condition else {}),
    }
    attributes = {name: {"DataType": "String", "StringValue": value} for name, value in said.items()}
    body = json.dumps(eventbridge._pattern_event_view(event).event_with_detail())
    _, _, _, region, account, *_ = arn.split(":")
    with request_scope(account, region):
        send(eventbridge.parse_arn(arn), body)
        for message in queue["messages"]:
            if message["body"] == body and not message["message_attributes"]:
                message["message_attributes"] = attributes
    count(rule, "InvocationsSentToDlq")


def asking_the_role(dispatch):
    def run(spec, payload, target):
        event, rule, _ = passing_on.get()
        role = target.get("RoleArn") or ""
        if aws_policies.role_lets(role, SERVICE, "events:InvokeApiDestination", str(spec), rule["Arn"]):
            dispatch(spec, payload, target)
        else:
            dead_letter(event, rule, target, "NO_PERMISSIONS", f"{role} may not invoke {spec}")

    return run


def with_the_event(build):
    """Delivery is on another thread, which has the request alone."""

    def run(*args):
        return {**build(*args), "passing_on": passing_on.get()}

    return run


def is_retried(status):
    return status in (401, 407, 409, 429) or status >= 500


def attempt(request, conn, token_key):
    """The status, or why there is none."""
    try:
        return eventbridge._api_destination_send_sync(request, eventbridge._connection_auth_headers(conn, token_key)), None
    except Exception as error:
        return 503, f"the endpoint cannot be reached: {error}"


def deliver(name, request, conn, token_key):
    event, rule, target = request.pop("passing_on")
    policy = target.get("RetryPolicy") or {}
    ends = time.time() + policy.get("MaximumEventAgeInSeconds", MAX_AGE)
    most, pause = policy.get("MaximumRetryAttempts", MAX_RETRIES), PAUSES[0]
    retries = 0
    while True:
        status, problem = attempt(request, conn, token_key)
        count(rule, "InvocationAttempts")
        if 200 <= status < 300:
            count(rule, "SuccessfulInvocationAttempts")
            return
        message = f"Unable to invoke ApiDestination endpoint: {problem or f'it answered with HTTP status {status}'}"
        if not is_retried(status):
            dead_letter(event, rule, target, "SDK_CLIENT_ERROR", message, retries)
            return
        if retries >= most or time.time() + pause > ends:
            condition = "MaximumRetryAttempts" if retries >= most else "MaximumEventAgeInSeconds"
            dead_letter(event, rule, target, "SDK_CLIENT_ERROR", message, retries, condition)
            return
        time.sleep(pause)
        retries, pause = retries + 1, min(pause * 2, PAUSES[1])
        count(rule, "RetryInvocationAttempts")


def enforce():
    """Makes MiniStack's API destinations deliver as AWS's do."""
    eventbridge._invoke_target = knowing_the_event(eventbridge._invoke_target)
    eventbridge._dispatch_to_api_destination = asking_the_role(eventbridge._dispatch_to_api_destination)
    eventbridge._build_api_destination_request = with_the_event(eventbridge._build_api_destination_request)
    eventbridge._deliver_to_api_destination = deliver
