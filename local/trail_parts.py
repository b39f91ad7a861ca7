"""Settings of a trail that AWS's CloudTrail stores and MiniStack does not.

https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_CreateTrail.html
https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_PutInsightSelectors.html
"""

from ministack.core.responses import get_account_id, get_region
from ministack.services import cloudtrail

# Set when a trail is created, as well as when it is updated.
SETTINGS = ("CloudWatchLogsLogGroupArn", "CloudWatchLogsRoleArn", "RecursiveLogging")


def name_topic(trail):
    """A topic given by its name or its ARN is shown with both."""
    given = trail.get("SnsTopicName", "")
    arn = given if given.startswith("arn:") or not given else f"arn:aws:sns:{get_region()}:{get_account_id()}:{given}"
    trail.update(SnsTopicName=arn.rsplit(":", 1)[-1], SnsTopicARN=arn)


def trail_of(body):
    return cloudtrail._find_mutable_trail(body.get("Name", "") or body.get("TrailName", ""))[2]


def with_all_settings(create):
    def run(body):
        answer = create(body)
        if answer[0] == 200:
            trail = trail_of(body)
            trail.update({name: body[name] for name in SETTINGS if name in body})
            name_topic(trail)
            tags = {tag["Key"]: tag.get("Value", "") for tag in body.get("TagsList", [])}
            cloudtrail._trail_tags[trail["TrailARN"]] = tags
        return answer

    return run


def with_topic(update):
    def run(body):
        answer = update(body)
        if answer[0] == 200 and "SnsTopicName" in body:
            name_topic(trail_of(body))
        return answer

    return run


def without_tags(delete):
    """A trail that is recreated under its name has none of its predecessor's tags."""

    def run(body):
        trail = trail_of(body)
        answer = delete(body)
        if answer[0] == 200:
            cloudtrail._trail_tags[trail["TrailARN"]] = {}
        return answer

    return run


def put_insight_selectors(body):
    name, _, trail, error = cloudtrail._find_mutable_trail(body.get("TrailName", ""))
    if error:
        return error
    trail["_InsightSelectors"] = body.get("InsightSelectors", [])
    trail["HasInsightSelectors"] = bool(trail["_InsightSelectors"])
    return cloudtrail._ok({"TrailARN": trail["TrailARN"], "InsightSelectors": trail["_InsightSelectors"]})


def get_insight_selectors(body):
    name, _, trail = cloudtrail._find_visible_trail(body.get("TrailName", ""))
    if trail is None:
        return cloudtrail._err("TrailNotFoundException", f"Unknown trail: {name!r}", 404)
    if not trail.get("_InsightSelectors"):
        return cloudtrail._err("InsightNotEnabledException", f"Insights are not enabled on the trail {name!r}.")
    return cloudtrail._ok({"TrailARN": trail["TrailARN"], "InsightSelectors": trail["_InsightSelectors"]})


def keep():
    """Makes MiniStack store them."""
    handlers = cloudtrail._DISPATCH
    handlers["CreateTrail"] = with_all_settings(handlers["CreateTrail"])
    handlers["UpdateTrail"] = with_topic(handlers["UpdateTrail"])
    handlers["DeleteTrail"] = without_tags(handlers["DeleteTrail"])
    handlers["PutInsightSelectors"] = put_insight_selectors
    handlers["GetInsightSelectors"] = get_insight_selectors
    cloudtrail._TRAIL_STATE_KEYS |= {"_InsightSelectors"}
