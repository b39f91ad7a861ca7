"""Patches MiniStack's CloudWatch where it differs from AWS's: metrics of services, missing data, and policies of topics."""

import contextvars
import json
import threading
import time

from ministack.core.responses import request_scope
from ministack.services import cloudwatch, cloudwatch_logs, lambda_svc, sns, sqs

import aws_policies

SERVICE = "cloudwatch.amazonaws.com"

# Seconds between evaluations. AWS evaluates once a minute: an alarm without any data keeps its state until then.
TICK = 2
FIRST_JUDGED = 60

# When the current event was queued; None if the function was invoked otherwise.
queued_at = contextvars.ContextVar("queued_at", default=None)


def record(arn, namespace, metric, value, dimensions):
    """Records a value of a metric, in the account and region of the ARN."""
    _, _, _, region, account, *_ = arn.split(":")
    with request_scope(account, region):
        cloudwatch.record_metric(namespace, metric, value, "None", dimensions)


def not_delivered(topic_arn):
    name = topic_arn.split(":")[-1]
    record(topic_arn, "AWS/SNS", "NumberOfNotificationsFailed", 1, {"TopicName": name})


def counting_failures(deliver):
    """SNS counts failed deliveries. https://docs.aws.amazon.com/sns/latest/dg/sns-monitoring-using-cloudwatch.html"""

    def run(endpoint, *args, topic_arn="", **more):
        queue = sqs._queue_by_arn(endpoint)
        deliver(endpoint, *args, topic_arn=topic_arn, **more)
        if not queue or not sqs.queue_policy_allows(endpoint, "sns.amazonaws.com", topic_arn, topic_arn.split(":")[4]):
            not_delivered(topic_arn)

    return run


def telling_age(execute):
    """https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html"""

    def run(function, event):
        config = function.get("config") or function
        if queued_at.get() is not None:
            age = (time.time() - queued_at.get()) * 1000
            record(config["FunctionArn"], "AWS/Lambda", "AsyncEventAge", age, {"FunctionName": config["FunctionName"]})
        return execute(function, event)

    return run


def asking_for_destinations(route):
    """Lambda sends a failure to the destination with the function's role, but outside the function.

    https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
    """

    def run(target_arn, name, event, result):
        config = lambda_svc._functions.get(name, {}).get("config", {})
        role, arn = config.get("Role", ""), config.get("FunctionArn", "")
        is_queue = target_arn.split(":")[2] == "sqs"
        context = aws_policies.context_of("sqs:SendMessage", target_arn, arn, role) if arn else None
        if is_queue and arn and not (sqs._queue_by_arn(target_arn) and aws_policies.allows(role, context)):
            record(arn, "AWS/Lambda", "DestinationDeliveryFailures", 1, {"FunctionName": name})
            return
        route(target_arn, name, event, result)

    return run


def metrics_in(message):
    """Metric values embedded in a line of a log, with name, namespace and dimensions.

    https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
    """
    if '"_aws"' not in message:
        return
    try:
        line = json.loads(message)
    except ValueError:
        return
    for directive in line["_aws"]["CloudWatchMetrics"]:
        for names in directive["Dimensions"]:
            dimensions = {name: line[name] for name in names}
            for metric in directive["Metrics"]:
                yield directive["Namespace"], metric["Name"], line[metric["Name"]], dimensions


def reading_metrics(append):
    def run(stream, events):
        append(stream, events)
        for event in events:
            for namespace, name, value, dimensions in metrics_in(event["message"]):
                cloudwatch.record_metric(namespace, name, value, "Count", dimensions)

    return run


def queue_depths():
    """Records the depth of each queue that an alarm watches."""
    asked = [alarm for alarm in cloudwatch._alarms.values() if alarm.get("Namespace") == "AWS/SQS"]
    for name in {each["Value"] for alarm in asked for each in alarm["Dimensions"]}:
        queue = next((q for q in sqs._queues.values() if q["attributes"]["QueueArn"].endswith(f":{name}")), None)
        if queue:
            visible = sum(message["visible_at"] <= time.time() for message in queue["messages"])
            metric = "ApproximateNumberOfMessagesVisible"
            cloudwatch.record_metric("AWS/SQS", metric, visible, "Count", {"QueueName": name})


def values_of(alarm):
    """The statistic for each period, the latest first; None without data."""
    dimensions = {each["Name"]: each["Value"] for each in alarm.get("Dimensions", [])}
    key = (alarm["Namespace"], alarm["MetricName"], cloudwatch._dims_key(dimensions))
    points = cloudwatch._metrics.get(key) or []
    now, period = time.time(), alarm["Period"]
    for index in range(alarm["EvaluationPeriods"]):
        end = now - index * period
        within = [point for point in points if end - period < point["Timestamp"] <= end]
        yield cloudwatch._calc_stats(within)[alarm["Statistic"]] if within else None


COMPARISONS = {
    "GreaterThanOrEqualToThreshold": lambda value, threshold: value >= threshold,
    "GreaterThanThreshold": lambda value, threshold: value > threshold,
    "LessThanThreshold": lambda value, threshold: value < threshold,
    "LessThanOrEqualToThreshold": lambda value, threshold: value <= threshold,
}


def state_of(alarm):
    """The state that follows from the data, and why; None to keep the state.

    https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
    """
    values = list(values_of(alarm))
    breaches = COMPARISONS[alarm["ComparisonOperator"]]
    missing = alarm.get("TreatMissingData", "missing")
    known = [value for value in values if value is not None]
    if not known:
        if time.time() - alarm["AlarmConfigurationUpdatedTimestamp"] < FIRST_JUDGED or missing == "ignore":
            return None, ""
        if missing == "missing":
            return "INSUFFICIENT_DATA", "Insufficient Data: no data came"
    breaching = sum(breaches(value, alarm["Threshold"]) for value in known)
    if missing == "breaching":
        breaching += len(values) - len(known)
    needed = alarm.get("DatapointsToAlarm") or alarm["EvaluationPeriods"]
    state = "ALARM" if breaching >= needed else "OK"
    return state, f"Threshold Crossed: {breaching} of {len(values)} datapoints, {len(values) - len(known)} of them missing"


def evaluate(alarm):
    if not alarm.get("MetricName") or alarm.get("Statistic") not in ("Sum", "Maximum", "Minimum", "Average", "SampleCount"):
        return
    old = alarm["StateValue"]
    new, reason = state_of(alarm)
    if new is None or new == old:
        return
    alarm.update(StateValue=new, StateReason=reason, StateUpdatedTimestamp=int(time.time()))
    cloudwatch._record_history(alarm["AlarmName"], old, new, reason)
    cloudwatch._dispatch_alarm_actions(alarm, old, new, reason)
    cloudwatch._evaluate_parent_alarms(alarm)


def asking_topics(dispatch):
    """https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html"""

    def may_publish(topic_arn, alarm):
        topic = sns._topic_by_arn_any_scope(topic_arn) or {}
        policy = topic.get("attributes", {}).get("Policy")
        if aws_policies.lets(policy, SERVICE, "sns:Publish", topic_arn, alarm["AlarmArn"]):
            return True
        cloudwatch.logger.warning("CloudWatch: the policy of %s does not let %s in", topic_arn, alarm["AlarmArn"])
        return False

    def run(alarm, old, new, reason):
        actions = ("AlarmActions", "OKActions", "InsufficientDataActions")
        allowed = {name: [arn for arn in alarm.get(name, []) if may_publish(arn, alarm)] for name in actions}
        dispatch({**alarm, **allowed}, old, new, reason)

    return run


def watch():
    while True:
        time.sleep(TICK)
        for account, region in {key[:2] for key in list(cloudwatch._alarms._data)}:
            with request_scope(account, region):
                queue_depths()
                cloudwatch._evaluate_all_alarms()


def enforce():
    """Makes MiniStack's alarms go off as AWS's do."""
    cloudwatch._evaluate_alarm = evaluate
    cloudwatch._dispatch_alarm_actions = asking_topics(cloudwatch._dispatch_alarm_actions)
    cloudwatch_logs._append_log_events = reading_metrics(cloudwatch_logs._append_log_events)
    sns._deliver_to_sqs = counting_failures(sns._deliver_to_sqs)
    lambda_svc._execute_function = telling_age(lambda_svc._execute_function)
    lambda_svc._route_async_failure = asking_for_destinations(lambda_svc._route_async_failure)
    threading.Thread(target=watch, daemon=True).start()
