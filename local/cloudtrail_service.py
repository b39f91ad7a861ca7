"""What CloudTrail hands to other services and answers about itself, and MiniStack does not have.

The recorder stands in for CloudTrail. It calls as root and names the trail for which it does (x-amz-source-arn): only
then are events of AWS itself accepted, and keys of digest files taken. Nobody else gets a source that begins with `aws.`
through.
"""

import json
import time

from ministack.core.responses import AccountRegionScopedDict, get_account_id, get_region, json_response, new_uuid
from ministack.services import cloudtrail, eventbridge

# What a rule gets that is `ENABLED`, and what one gets that wants all management events.
# https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail-management.html
USUAL = "ENABLED"
EVERYTHING = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"
READING = ("Describe", "Get", "List")
DELIVERED_ALL_THE_SAME = ("GetFederationToken", "GetSessionToken")

VIA_CLOUDTRAIL = " via CloudTrail"

# Public keys that signed digest files, by fingerprint, in the region in which they did.
public_keys = AccountRegionScopedDict()


def is_reading(event):
    """Whether a rule has to ask for all management events to get this one."""
    if not event.get("DetailType", "").endswith(VIA_CLOUDTRAIL):
        return False
    detail = json.loads(event["Detail"])
    name = str(detail.get("eventName"))
    return detail.get("readOnly") is True and name.startswith(READING) and name not in DELIVERED_ALL_THE_SAME


def dispatch_event(event, view=None):
    """Has the rules of a bus see an event. MiniStack's own knows no other state of a rule than enabled and disabled."""
    bus = event.get("EventBusName", "default")
    passed = set(event.get("_DispatchPath") or [])
    view = view or eventbridge._pattern_event_view(event)
    states = (EVERYTHING,) if is_reading(event) else (USUAL, EVERYTHING)
    for key, rule in list(eventbridge._rules.items()):
        if rule.get("EventBusName", "default") != bus or key in passed or rule.get("State") not in states:
            continue
        pattern = rule.get("EventPattern")
        if pattern and eventbridge._matches_pattern_view(pattern, view, f"rule {key}"):
            for target in eventbridge._targets.get(key, []):
                eventbridge._invoke_target(target, event, rule, view)


def put_service_event(entry):
    event = {
        "EventId": new_uuid(),
        "Source": entry["Source"],
        "DetailType": entry["DetailType"],
        "Detail": entry["Detail"],
        "EventBusName": "default",
        "Time": int(entry["Time"]),
        "Resources": [],
        "Account": get_account_id(),
        "Region": get_region(),
    }
    view = eventbridge._pattern_event_view(event)
    eventbridge._dispatch_event(event, view)
    eventbridge._archive_event(event, view)
    return {"EventId": event["EventId"]}


def with_service_events(put, source_arn):
    """Events of a service keep the time at which what they tell happened, and are no calls of PutEvents by anybody."""

    def run(data, **options):
        if source_arn() is None:
            return put(data, **options)
        return json_response({"FailedEntryCount": 0, "Entries": [put_service_event(one) for one in data["Entries"]]})

    return run


def registering(source_arn):
    """No call of AWS's: the recorder leaves the public half of the key with which it signs digest files."""

    def run(body):
        if source_arn() is None:
            return cloudtrail._err("InvalidParameterException", "Unknown CloudTrail action: 'RegisterPublicKey'")
        public_keys[body["Fingerprint"]] = body
        return cloudtrail._ok({})

    return run


def list_public_keys(body):
    """https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_ListPublicKeys.html"""
    now = time.time()
    start = body.get("StartTime", now)
    end = body.get("EndTime", now)
    if start > end:
        return cloudtrail._err("InvalidTimeRangeException", "The start time is after the end time.")
    keys = [key for key in public_keys.values() if key["ValidityStartTime"] <= end and key["ValidityEndTime"] >= start]
    return cloudtrail._ok({"PublicKeyList": sorted(keys, key=lambda key: key["ValidityStartTime"])})


def stand_in(source_arn):
    """Lets the recorder do CloudTrail's work. `source_arn` tells for which resource a service makes the current call."""
    eventbridge._dispatch_event = dispatch_event
    eventbridge._put_events = with_service_events(eventbridge._put_events, source_arn)
    cloudtrail._DISPATCH["ListPublicKeys"] = list_public_keys
    cloudtrail._DISPATCH["RegisterPublicKey"] = registering(source_arn)
