"""What MiniStack lacks of CloudTrail: events for other services, and public keys of digest files.

The recorder stands in for CloudTrail. It calls as root and names the trail that it calls for (x-amz-source-arn). Only
then are AWS's own events and the keys of digest files accepted; nobody else can put a source that starts with `aws.`.
"""

import json
import time

from ministack.core.responses import AccountRegionScopedDict, get_account_id, get_region, json_response, new_uuid
from ministack.services import cloudtrail, eventbridge

# State of a rule that gets the usual events, and of one that gets all management events.
# https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail-management.html
USUAL = "ENABLED"
EVERYTHING = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"
READING = ("Describe", "Get", "List")
DELIVERED_ALL_THE_SAME = ("GetFederationToken", "GetSessionToken")

VIA_CLOUDTRAIL = " via CloudTrail"

# Public keys of digest files, by fingerprint, per region.
public_keys = AccountRegionScopedDict()


def is_reading(event):
    """Whether only rules for all management events get this one."""
    if not event.get("DetailType", "").endswith(VIA_CLOUDTRAIL):
        return False
    detail = json.loads(event["Detail"])
    name = str(detail.get("eventName"))
    return detail.get("readOnly") is True and name.startswith(READING) and name not in DELIVERED_ALL_THE_SAME


def dispatch_event(event, view=None):
    """Matches an event against the rules of a bus. MiniStack's own version knows only enabled and disabled rules."""
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
    """A service's events keep the time of what they report, and are not recorded as calls of PutEvents."""

    def run(data, **options):
        if source_arn() is None:
            return put(data, **options)
        return json_response({"FailedEntryCount": 0, "Entries": [put_service_event(one) for one in data["Entries"]]})

    return run


def registering(source_arn):
    """Not a call of AWS: the recorder registers the public key of its signatures of digest files."""

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
    """Lets the recorder do CloudTrail's work. `source_arn` gives the resource that a service makes the current call for."""
    eventbridge._dispatch_event = dispatch_event
    eventbridge._put_events = with_service_events(eventbridge._put_events, source_arn)
    cloudtrail._DISPATCH["ListPublicKeys"] = list_public_keys
    cloudtrail._DISPATCH["RegisterPublicKey"] = registering(source_arn)
