"""The log group of a function is created on its first line only if the function's role may do so; otherwise the line is lost.

MiniStack creates it regardless, also for an invocation that outlives the stack.
https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs.html
"""

import aws_policies
from ministack.services import cloudwatch_logs, lambda_svc


def may_create(group, config):
    function, role = config["FunctionArn"], config.get("Role") or ""
    _, partition, _, region, account, *_ = function.split(":")
    arn = f"arn:{partition}:logs:{region}:{account}:log-group:{group}"
    return aws_policies.allows(role, aws_policies.context_of("logs:CreateLogGroup", arn, function, role))


def where_it_may(emit):
    def run(function, *given, **named):
        config = function.get("config") or function
        group = (config.get("LoggingConfig") or {}).get("LogGroup") or f"/aws/lambda/{config['FunctionName']}"
        if group in cloudwatch_logs._log_groups or may_create(group, config):
            emit(function, *given, **named)

    return run


def enforce():
    lambda_svc._emit_lambda_logs = where_it_may(lambda_svc._emit_lambda_logs)
