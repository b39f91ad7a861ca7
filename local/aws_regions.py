"""The regions of the accounts on this machine. MiniStack has all of them enabled, whatever is asked for.

A new account has the regions that need no opt-in; the others are only listed if all are asked for, or these.
https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html
https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeRegions.html
"""

import os

from ministack.services import ec2

# `us-east-1,us-west-2`: enabled instead of the ones of a new account. The tests' accounts have few, because a stack looks at
# each when it is deployed.
ENABLED = frozenset(filter(None, os.environ.get("CLOUDTRAILER_REGIONS", "").split(",")))


def status_of(region, opt_in):
    if region in ENABLED or (not ENABLED and opt_in == "opt-in-not-required"):
        return opt_in
    return "not-opted-in"


REGIONS = tuple((region, status_of(region, opt_in)) for region, opt_in in ec2._AWS_REGIONS)


def describe_regions(params):
    every = str(ec2._p(params, "AllRegions", "")).lower() == "true"
    named = ec2._parse_member_list(params, "RegionName")
    listed = "".join(
        f"<item><regionName>{region}</regionName><regionEndpoint>ec2.{region}.amazonaws.com</regionEndpoint>"
        f"<optInStatus>{status}</optInStatus></item>"
        for region, status in REGIONS
        if (region in named if named else every or status != "not-opted-in")
    )
    return ec2._xml(200, "DescribeRegionsResponse", f"<regionInfo>{listed}</regionInfo>")


def know():
    ec2._ACTION_MAP["DescribeRegions"] = describe_regions
