"""Distributed maps as in AWS. MiniStack runs one child execution per item, to the end, and keeps no results.

Here are batches (ItemBatcher), results in S3 (ResultWriter), the end at a tolerated share of failures, stopping,
redriving, and the permissions of the state machine's role.

https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html
"""

import contextvars
import copy
import json
import threading
from concurrent.futures import ThreadPoolExecutor, wait

from ministack.core.responses import error_response_json, get_account_id, get_region, json_response, new_uuid, now_iso
from ministack.services import s3, stepfunctions
from ministack.services.stepfunctions import _ExecutionError

import aws_policies

# https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
MAX_PAYLOAD_BYTES = 262_144
MAX_REDRIVES = 1000

# How many children run at once if the map sets no limit: this machine is small. In AWS it is 10,000.
DEFAULT_CONCURRENCY = 64

UNSUCCESSFUL = ("FAILED", "ABORTED", "TIMED_OUT")

# The running execution, whose role makes its calls.
current = contextvars.ContextVar("current_execution", default=None)


def role_of(execution):
    return stepfunctions._state_machines[parent_arn_of(execution)]["roleArn"]


def parent_arn_of(execution):
    """The state machine of an execution, also of a child, whose ARN has the map's label behind it."""
    return execution["stateMachineArn"].split("/")[0]


def require(execution, action, resource, error):
    """Steps and their data are accessed with the role of the state machine. MiniStack accesses them with nobody's."""
    role, machine = role_of(execution), parent_arn_of(execution)
    if not aws_policies.role_lets(role, "states.amazonaws.com", action, resource, machine):
        name = role.rsplit("/", 1)[-1]
        raise _ExecutionError(error, f"{name} is not authorized to perform: {action} on resource: {resource}")


def as_the_role(call_lambda):
    def run(reference, event):
        execution = current.get()
        if execution is not None:
            arn = reference if reference.startswith("arn:") else function_arn(reference)
            require(execution, "lambda:InvokeFunction", arn, "Lambda.AWSLambdaException")
        try:
            return call_lambda(reference, event)
        except _ExecutionError as error:
            # Lambda's own error, which MiniStack does not tell from one of the function.
            if error.error == "Lambda.Unknown" and "TooManyRequestsException" in str(error.cause):
                raise _ExecutionError("Lambda.TooManyRequestsException", error.cause) from error
            raise

    return run


def function_arn(name):
    return f"arn:aws:lambda:{get_region()}:{get_account_id()}:function:{name}"


def with_current(run_execution):
    def run(arn):
        current.set(stepfunctions._executions.get(arn))
        run_execution(arn)

    return run


def number_of(state, name, effective, ctx, default):
    """A number of the definition, or of the input by its path."""
    if f"{name}Path" in state:
        return stepfunctions._resolve_path_or_ctx(state[f"{name}Path"], effective, ctx)
    return state.get(name, default)


def items_of(state, effective, ctx, execution):
    reader = state.get("ItemReader")
    if not reader:
        items = stepfunctions._resolve_path_or_ctx(state.get("ItemsPath", "$"), effective, ctx)
        return items if isinstance(items, list) else [items]
    given = reader.get("Parameters") or reader.get("Arguments") or {}
    place = stepfunctions._resolve_params_obj(given, effective, ctx)
    bucket = f"arn:aws:s3:::{place.get('Bucket')}"
    failed = "States.ItemReaderFailed"
    if reader["Resource"].endswith("s3:listObjectsV2"):
        require(execution, "s3:ListBucket", bucket, failed)
    else:
        require(execution, "s3:GetObject", f"{bucket}/{place.get('Key')}", failed)
    return stepfunctions._read_map_items(reader, effective, ctx)


def selected(state, items, effective, ctx):
    """Items as the ItemSelector makes them, which comes before the ItemBatcher."""
    selector = state.get("ItemSelector") or state.get("Parameters")
    if not selector:
        return items
    own = copy.deepcopy(ctx)
    chosen = []
    for index, item in enumerate(items):
        own["Map"] = {"Item": {"Index": index, "Value": item}}
        chosen.append(stepfunctions._resolve_params_obj(selector, effective, own))
    return chosen


def size_of(value):
    return len(json.dumps(value, separators=(",", ":")).encode())


def batched(state, items, effective, ctx):
    """Inputs of children, each with the number of its items.

    https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itembatcher.html
    """
    batcher = state.get("ItemBatcher")
    if not batcher:
        return [(item, 1) for item in items]
    most = number_of(batcher, "MaxItemsPerBatch", effective, ctx, None)
    most_bytes = number_of(batcher, "MaxInputBytesPerBatch", effective, ctx, None)
    if not most and not most_bytes:
        raise _ExecutionError("States.Runtime", "ItemBatcher requires MaxItemsPerBatch, MaxInputBytesPerBatch, or both")
    fixed = stepfunctions._resolve_params_obj(batcher.get("BatchInput") or {}, effective, ctx)
    frame = {"BatchInput": fixed} if "BatchInput" in batcher else {}
    empty = size_of({**frame, "Items": []})
    limit = min(most_bytes or MAX_PAYLOAD_BYTES, MAX_PAYLOAD_BYTES)
    batches, held, held_bytes = [], [], empty
    for item in items:
        item_bytes = size_of(item) + 1
        if held and (len(held) == most or held_bytes + item_bytes > limit):
            batches.append(held)
            held, held_bytes = [], empty
        held.append(item)
        held_bytes += item_bytes
    if held:
        batches.append(held)
    return [({**frame, "Items": batch}, len(batch)) for batch in batches]


def walk(states, name, data, execution, ctx, is_stopped):
    """Runs states from one of them to the end, and keeps their events. Ends early if the execution is stopped."""
    while name and not is_stopped():
        state = states[name]
        kind = state["Type"]
        ctx["State"] = {"Name": name, "EnteredTime": now_iso(), "RetryCount": 0}
        entered = {"name": name, "input": json.dumps(data)}
        stepfunctions._add_event(execution, f"{kind}StateEntered", {"stateEnteredEventDetails": entered})
        if kind == "Fail":
            raise _ExecutionError(*stepfunctions._fail_state_error(state, data, ctx))
        left = name
        if kind == "Succeed":
            data = stepfunctions._apply_output_path(state, stepfunctions._apply_input_path(state, data, ctx), ctx)
            name = None
        elif kind in ("Task", "Parallel", "Map"):
            data, name = getattr(stepfunctions, f"_execute_{kind.lower()}")(state, data, execution, ctx)
        else:
            data, name = getattr(stepfunctions, f"_execute_{kind.lower()}")(state, data, ctx)
        exited = {"name": left, "output": json.dumps(data)}
        stepfunctions._add_event(execution, f"{kind}StateExited", {"stateExitedEventDetails": exited})
    return data


def new_run(state, inputs, execution, effective, ctx):
    *_, region, account, _, machine = parent_arn_of(execution).split(":")
    label = state.get("Label") or new_uuid()
    zero = dict.fromkeys(
        ("pending", "running", "succeeded", "failed", "timedOut", "aborted", "total", "resultsWritten")
        + ("failuresNotRedrivable", "pendingRedrive"),
        0,
    )
    name = f"{machine}/{label}"
    run = {
        "mapRunArn": f"arn:aws:states:{region}:{account}:mapRun:{name}:{new_uuid()}",
        "executionArn": execution["executionArn"],
        "status": "RUNNING",
        "startDate": now_iso(),
        "maxConcurrency": int(number_of(state, "MaxConcurrency", effective, ctx, 0) or 0),
        "toleratedFailurePercentage": float(number_of(state, "ToleratedFailurePercentage", effective, ctx, 0) or 0),
        "toleratedFailureCount": int(number_of(state, "ToleratedFailureCount", effective, ctx, 0) or 0),
        "itemCounts": dict(zero),
        "executionCounts": dict(zero),
        "redriveCount": 0,
        "_stateMachineArn": f"arn:aws:states:{region}:{account}:stateMachine:{name}",
        "_prefix": f"arn:aws:states:{region}:{account}:execution:{name}",
        "_lock": threading.Lock(),
        "_children": [{"input": data, "items": items, "status": "PENDING"} for data, items in inputs],
    }
    for counts, weight in (("itemCounts", lambda child: child["items"]), ("executionCounts", lambda _: 1)):
        run[counts]["total"] = run[counts]["pending"] = sum(map(weight, run["_children"]))
    stepfunctions._map_runs[run["mapRunArn"]] = run
    return run


COUNTED = {"PENDING": "pending", "RUNNING": "running", "SUCCEEDED": "succeeded", "FAILED": "failed", "ABORTED": "aborted"}


def move(run, child, status):
    """Gives a child another status, and counts it there: as one execution, and with its items."""
    for counts, weight in (("itemCounts", child["items"]), ("executionCounts", 1)):
        run[counts][COUNTED[child["status"]]] -= weight
        run[counts][COUNTED[status]] += weight
    child["status"] = status


def exceeds(run, state):
    """Whether more children failed than the map tolerates: one, if it does not say. The share is of items."""
    failed, total = run["itemCounts"]["failed"], run["itemCounts"]["total"]
    limits = []
    if any(name.startswith("ToleratedFailureCount") for name in state):
        limits.append(failed > run["toleratedFailureCount"])
    if any(name.startswith("ToleratedFailurePercentage") for name in state):
        limits.append(failed * 100 > run["toleratedFailurePercentage"] * total)
    return bool(failed) and (any(limits) if limits else True)


def started(run, child, is_redriven):
    """The execution of a child: a new one, or the one that is redriven."""
    if is_redriven and "execution" in child:
        execution = child["execution"]
        execution.update(status="RUNNING", stopDate=None, redriveCount=execution.get("redriveCount", 0) + 1)
        stepfunctions._add_event(execution, "ExecutionRedriven", {"executionRedrivenEventDetails": {}})
        return execution
    name = new_uuid()
    execution = {
        "executionArn": f"{run['_prefix']}:{name}",
        "stateMachineArn": run["_stateMachineArn"],
        "name": name,
        "status": "RUNNING",
        "startDate": now_iso(),
        "stopDate": None,
        "input": json.dumps(child["input"]),
        "inputDetails": {"included": True},
        "output": None,
        "outputDetails": {"included": True},
        "mapRunArn": run["mapRunArn"],
        "events": [],
        "testCase": "",
        "mockAttempts": {},
    }
    details = {"executionStartedEventDetails": {"input": execution["input"], "roleArn": ""}}
    stepfunctions._add_event(execution, "ExecutionStarted", details)
    stepfunctions._executions[execution["executionArn"]] = execution
    child["execution"] = execution
    return execution


def run_child(run, child, processor, ctx, is_stopped, is_redriven):
    with run["_lock"]:
        if is_stopped():
            return
        move(run, child, "RUNNING")
    execution = started(run, child, is_redriven)
    current.set(execution)
    own = copy.deepcopy(ctx)
    own["Execution"] = {"Id": execution["executionArn"], "Name": execution["name"], "Input": child["input"]}
    try:
        if size_of(child["input"]) > MAX_PAYLOAD_BYTES:
            cause = f"The input of the child execution exceeds the maximum of {MAX_PAYLOAD_BYTES} bytes."
            raise _ExecutionError("States.DataLimitExceeded", cause)
        name, data = where(execution, processor)
        output = walk(processor["States"], name, data, execution, own, lambda: False)
        ended = {"status": "SUCCEEDED", "output": json.dumps(output)}
    except Exception as error:
        known = error if isinstance(error, _ExecutionError) else _ExecutionError("States.Runtime", str(error))
        ended = {"status": "FAILED", "error": known.error, "cause": known.cause}
    with run["_lock"]:
        # What still runs when the map ends is aborted; what it does is lost.
        if is_stopped():
            ended = {"status": "ABORTED"}
        execution.pop("error", None)
        execution.pop("cause", None)
        execution.update(ended, stopDate=now_iso())
        stepfunctions._add_event(execution, f"Execution{ended['status'].capitalize()}")
        move(run, child, ended["status"])


def result_of(child):
    """https://docs.aws.amazon.com/step-functions/latest/dg/input-output-resultwriter.html"""
    execution = child.get("execution")
    if execution is None:
        return {"Input": json.dumps(child["input"]), "Status": "PENDING"}
    names = {
        "ExecutionArn": "executionArn",
        "Input": "input",
        "InputDetails": "inputDetails",
        "Name": "name",
        "Output": "output",
        "OutputDetails": "outputDetails",
        "Error": "error",
        "Cause": "cause",
        "StartDate": "startDate",
        "StateMachineArn": "stateMachineArn",
        "Status": "status",
        "StopDate": "stopDate",
    }
    return {name: execution[key] for name, key in names.items() if execution.get(key) is not None}


def write_results(state, run, effective, ctx, execution):
    writer = state["ResultWriter"]
    place = stepfunctions._resolve_params_obj(writer.get("Parameters") or writer.get("Arguments") or {}, effective, ctx)
    bucket, prefix = place["Bucket"], place.get("Prefix", "").strip("/")
    folder = "/".join(filter(None, [prefix, run["mapRunArn"].rsplit(":", 1)[-1]]))

    def put(name, value):
        key, body = f"{folder}/{name}", json.dumps(value).encode()
        require(execution, "s3:PutObject", f"arn:aws:s3:::{bucket}/{key}", "States.ResultWriterFailed")
        status, *_ = s3._put_object(bucket, key, body, {})
        if status != 200:
            raise _ExecutionError("States.ResultWriterFailed", f"unable to write s3://{bucket}/{key}")
        return {"Key": key, "Size": len(body)}

    files = {}
    for kind, statuses in (("FAILED", ("FAILED", "ABORTED")), ("PENDING", ("PENDING",)), ("SUCCEEDED", ("SUCCEEDED",))):
        found = [result_of(child) for child in run["_children"] if child["status"] in statuses]
        files[kind] = [put(f"{kind}_0.json", found)] if found else []
    manifest = {"DestinationBucket": bucket, "MapRunArn": run["mapRunArn"], "ResultFiles": files}
    key = put("manifest.json", manifest)["Key"]
    for counts in ("itemCounts", "executionCounts"):
        run[counts]["resultsWritten"] = run[counts]["succeeded"] + run[counts]["failed"]
    return {"MapRunArn": run["mapRunArn"], "ResultWriterDetails": {"Bucket": bucket, "Key": key}}


def run_distributed_map(state, raw_input, effective, processor, execution, ctx):
    run = execution.pop("_redriven_run", None)
    is_redriven = run is not None
    if run is None:
        require(execution, "states:StartExecution", parent_arn_of(execution), "States.Runtime")
        items = selected(state, items_of(state, effective, ctx, execution), effective, ctx)
        run = new_run(state, batched(state, items, effective, ctx), execution, effective, ctx)
    else:
        require(execution, "states:RedriveExecution", f"{run['_prefix']}:*", "States.Runtime")
        run.update(status="RUNNING", redriveCount=run["redriveCount"] + 1, redriveDate=now_iso())
        run.pop("stopDate", None)
    todo = [child for child in run["_children"] if child["status"] != "SUCCEEDED"]
    for child in todo:
        move(run, child, "PENDING")

    def is_stopped():
        return execution["status"] != "RUNNING" or exceeds(run, state)

    with ThreadPoolExecutor(max_workers=run["maxConcurrency"] or DEFAULT_CONCURRENCY) as pool:
        wait(
            [
                pool.submit(contextvars.copy_context().run, run_child, run, child, processor, ctx, is_stopped, is_redriven)
                for child in todo
            ]
        )
    run["stopDate"] = now_iso()
    is_aborted = execution["status"] != "RUNNING"
    run["status"] = "ABORTED" if is_aborted else "FAILED" if exceeds(run, state) else "SUCCEEDED"
    writes = "ResultWriter" in state and not is_aborted
    result = write_results(state, run, effective, ctx, execution) if writes else outputs_of(run)
    if run["status"] == "FAILED":
        cause = "The specified tolerated failure threshold was exceeded"
        raise _ExecutionError("States.ExceedToleratedFailureThreshold", cause)
    output = stepfunctions._apply_result_path(state, raw_input, stepfunctions._apply_result_selector(state, result))
    return stepfunctions._apply_output_path(state, output, ctx), stepfunctions._next_or_end(state)


def outputs_of(run):
    executions = [child.get("execution") for child in run["_children"]]
    return [json.loads(one["output"]) if one and one.get("output") else None for one in executions]


def redrivable(execution):
    """Why an execution cannot be redriven; None if it can."""
    if execution["status"] not in UNSUCCESSFUL:
        return f"Execution is {execution['status']} and cannot be redriven"
    if execution.get("redriveCount", 0) >= MAX_REDRIVES:
        return "Execution has reached the maximum redrive count"
    if any(run["executionArn"] == execution["executionArn"] and run["status"] == "RUNNING" for run in runs()):
        return "Execution has a Map Run that is still ending"
    return None


def runs():
    return list(stepfunctions._map_runs.values())


def redrive_execution(data):
    """https://docs.aws.amazon.com/step-functions/latest/apireference/API_RedriveExecution.html"""
    arn = data.get("executionArn")
    execution = stepfunctions._executions.get(arn)
    if execution is None or execution.get("mapRunArn"):
        return error_response_json("ExecutionDoesNotExist", f"Execution {arn} not found", 400)
    why = redrivable(execution)
    if why is not None:
        return error_response_json("ExecutionNotRedrivable", why, 400)
    date = now_iso()
    execution.update(status="RUNNING", stopDate=None, output=None, redriveDate=date)
    execution["redriveCount"] = execution.get("redriveCount", 0) + 1
    for name in ("error", "cause"):
        execution.pop(name, None)
    failed = [run for run in runs() if run["executionArn"] == arn and run["status"] in UNSUCCESSFUL]
    if failed:
        execution["_redriven_run"] = failed[-1]
    stepfunctions._add_event(execution, "ExecutionRedriven", {"executionRedrivenEventDetails": {}})
    threading.Thread(target=contextvars.copy_context().run, args=(resume, execution), daemon=True).start()
    return stepfunctions._finalize_response(json_response({"redriveDate": date}))


def where(execution, definition):
    """The state that an execution goes on from, and its input: the last that it entered, or the first."""
    entered = [event for event in execution["events"] if event["type"].endswith("StateEntered")]
    last = entered[-1]["stateEnteredEventDetails"] if entered else {}
    return last.get("name", definition["StartAt"]), json.loads(last.get("input", execution["input"]))


def resume(execution):
    """Goes on from the state that did not succeed, with its input."""
    current.set(execution)
    machine = stepfunctions._state_machines[execution["stateMachineArn"]]
    definition = json.loads(machine["definition"])
    name, data = where(execution, definition)
    ctx = {
        "QueryLanguage": definition.get("QueryLanguage", "JSONPath"),
        "Execution": {
            "Id": execution["executionArn"],
            "Input": json.loads(execution["input"]),
            "Name": execution["name"],
            "StartTime": execution["startDate"],
        },
        "StateMachine": {"Id": execution["stateMachineArn"], "Name": machine["name"]},
        "variables": {},
    }
    try:
        output = walk(definition["States"], name, data, execution, ctx, lambda: execution["status"] != "RUNNING")
        if execution["status"] != "RUNNING":
            return
        execution.update(status="SUCCEEDED", output=json.dumps(output), stopDate=now_iso())
        details = {"executionSucceededEventDetails": {"output": execution["output"]}}
        stepfunctions._add_event(execution, "ExecutionSucceeded", details)
        stepfunctions._emit_execution_status_event(execution)
    except _ExecutionError as error:
        stepfunctions._fail_execution(execution, error.error, error.cause)
    except Exception as error:
        stepfunctions.logger.exception("Unexpected error in execution %s", execution["executionArn"])
        stepfunctions._fail_execution(execution, "States.Runtime", str(error))


def with_redrive(handle):
    async def run(method, path, headers, body, query_params):
        if headers.get("x-amz-target", "").endswith(".RedriveExecution"):
            return redrive_execution(json.loads(body or b"{}"))
        return await handle(method, path, headers, body, query_params)

    return run


def with_redrive_status(describe):
    def run(data):
        status, headers, body = describe(data)
        execution = stepfunctions._executions.get(data.get("executionArn"))
        if execution is None or status != 200:
            return status, headers, body
        why = redrivable(execution)
        more = {"redriveCount": execution.get("redriveCount", 0)}
        more["redriveStatus"] = "REDRIVABLE" if why is None else "NOT_REDRIVABLE"
        if why is not None:
            more["redriveStatusReason"] = why
        if "redriveDate" in execution:
            more["redriveDate"] = execution["redriveDate"]
        return json_response({**json.loads(body), **more})

    return run


def enforce():
    stepfunctions._run_distributed_map = run_distributed_map
    stepfunctions._call_lambda = as_the_role(stepfunctions._call_lambda)
    stepfunctions._run_execution = with_current(stepfunctions._run_execution)
    stepfunctions._describe_execution = with_redrive_status(stepfunctions._describe_execution)
    stepfunctions.handle_request = with_redrive(stepfunctions.handle_request)
