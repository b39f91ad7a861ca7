"""AWS's limits that a stack can hit and MiniStack does not have, each with AWS's own error.

Without them, a stack that works on the emulator could fail in a real account.
"""

import re

from ministack.core.responses import get_account_id, get_region
from ministack.services import cloudtrail, iam, s3

# https://docs.aws.amazon.com/awscloudtrail/latest/userguide/WhatIsCloudTrail-Limits.html
MAX_TRAILS = 5

# https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_CreateTrail.html
TRAIL_NAME = re.compile(r"(?=.{3,128}$)(?!\d+(?:\.\d+){3}$)[A-Za-z0-9](?:[._-]?[A-Za-z0-9])*")

# https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
RESERVED_PREFIXES = ("xn--", "sthree-", "amzn-s3-demo-")
RESERVED_SUFFIXES = ("-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3", "-an")

# Maximum characters of a managed policy, and of all inline policies of a role together, without whitespace.
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
MAX_MANAGED_POLICY = 6_144
MAX_INLINE_POLICIES = 10_240
MAX_ATTACHED_POLICIES = 10


def is_everywhere(trail):
    """A multi-region trail counts in every region."""
    return bool(trail.get("IsMultiRegionTrail") or trail.get("IsOrganizationTrail"))


def is_full(region):
    trails = cloudtrail._account_trail_items()
    return sum(home == region or is_everywhere(trail) for home, _, trail in trails) >= MAX_TRAILS


def other_regions(region):
    """Other regions that have trails. The rest have only multi-region trails, which this region has, too."""
    return sorted({home for home, _, _ in cloudtrail._account_trail_items()} - {region})


def refused(regions):
    region = next(filter(is_full, regions), None)
    if region is None:
        return None
    message = f"User: {get_account_id()} already has {MAX_TRAILS} trails in {region}."
    return cloudtrail._err("MaximumNumberOfTrailsExceededException", message)


def with_new_trail_limits(create):
    def run(body):
        if not TRAIL_NAME.fullmatch(body.get("Name", "")):
            return cloudtrail._err("InvalidTrailNameException", f"Trail name {body.get('Name')!r} is not valid.")
        here = get_region()
        return refused([here, *(other_regions(here) if is_everywhere(body) else [])]) or create(body)

    return run


def with_changed_trail_limits(update):
    """A single-region trail that becomes a multi-region trail counts in every region from then on."""

    def run(body):
        _, home, trail, error = cloudtrail._find_mutable_trail(body.get("Name", ""))
        widens = not error and is_everywhere(body) and not is_everywhere(trail)
        return (refused(other_regions(home)) if widens else None) or update(body)

    return run


def with_reserved_names(create):
    def run(name, *args, **kwargs):
        if name.startswith(RESERVED_PREFIXES) or name.endswith(RESERVED_SUFFIXES):
            return s3._error("InvalidBucketName", "The specified bucket is not valid.", 400, f"/{name}")
        return create(name, *args, **kwargs)

    return run


def size_of(document):
    return len(re.sub(r"\s", "", document))


def over_quota(quota, limit):
    return iam._error(409, "LimitExceeded", f"Cannot exceed quota for {quota}: {limit}")


def with_managed_size(create):
    def run(params):
        is_larger = size_of(iam._p(params, "PolicyDocument")) > MAX_MANAGED_POLICY
        return over_quota("PolicySize", MAX_MANAGED_POLICY) if is_larger else create(params)

    return run


def role_of(params):
    return iam._roles.get(iam._p(params, "RoleName")) or {}


def with_inline_size(put):
    def run(params):
        new = {iam._p(params, "PolicyName"): iam._p(params, "PolicyDocument")}
        policies = {**role_of(params).get("InlinePolicies", {}), **new}
        if sum(map(size_of, policies.values())) <= MAX_INLINE_POLICIES:
            return put(params)
        name = iam._p(params, "RoleName")
        message = f"Maximum policy size of {MAX_INLINE_POLICIES} bytes exceeded for role {name}"
        return iam._error(409, "LimitExceeded", message)

    return run


def with_attached_limit(attach):
    def run(params):
        attached = {*role_of(params).get("AttachedPolicies", []), iam._p(params, "PolicyArn")}
        is_over = len(attached) > MAX_ATTACHED_POLICIES
        return over_quota("PoliciesPerRole", MAX_ATTACHED_POLICIES) if is_over else attach(params)

    return run


def wrap(handlers, wrapper, *actions):
    for action in actions:
        handlers[action] = wrapper(handlers[action])


def enforce():
    """Makes MiniStack reject what AWS rejects."""
    wrap(cloudtrail._DISPATCH, with_new_trail_limits, "CreateTrail")
    wrap(cloudtrail._DISPATCH, with_changed_trail_limits, "UpdateTrail")
    wrap(vars(s3), with_reserved_names, "_create_bucket")
    wrap(iam._IAM_HANDLERS, with_managed_size, "CreatePolicy", "CreatePolicyVersion")
    wrap(iam._IAM_HANDLERS, with_inline_size, "PutRolePolicy")
    wrap(iam._IAM_HANDLERS, with_attached_limit, "AttachRolePolicy")
