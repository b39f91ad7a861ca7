"""Resources of AWS::Chatbot in CloudFormation templates, which MiniStack does not have: their properties are checked, and kept.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_Chatbot.html
https://docs.aws.amazon.com/chatbot/latest/APIReference/API_CreateCustomAction.html, whose limit of a command is the stricter one
https://docs.aws.amazon.com/chatbot/latest/APIReference/API_CreateSlackChannelConfiguration.html
https://docs.aws.amazon.com/chatbot/latest/APIReference/API_CreateMicrosoftTeamsChannelConfiguration.html
"""

import re

from ministack.core.responses import AccountScopedDict, get_account_id
from ministack.services import iam, sns
from ministack.services.cloudformation import provisioners

UUID = r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}"
ARN = r"arn:aws:[A-Za-z0-9][A-Za-z0-9_/.-]{0,62}:[A-Za-z0-9_/.-]{0,63}:[A-Za-z0-9_/.-]{0,63}:[A-Za-z0-9][A-Za-z0-9:_/+=,@.-]{0,1023}"
TEAMS = r"[a-zA-Z0-9-_=+\/.,]*%3[aA][a-zA-Z0-9-_=+\/.,]*%40[a-zA-Z0-9-_=+\/.,]*"

# What has been made, by ARN.
made = AccountScopedDict()


def text(pattern=r"[\S\s]+", most=255):
    def check(value, at):
        if not isinstance(value, str) or len(value) > most or not re.fullmatch(pattern, value):
            raise ValueError(f"{at}: expected a text like {pattern} of at most {most} characters, found {value!r}")

    return check


def flag(value, at):
    if not isinstance(value, bool):
        raise ValueError(f"{at}: expected true or false, found {value!r}")


def many(check, most=1_000):
    def run(value, at):
        if not isinstance(value, list) or not 1 <= len(value) <= most:
            raise ValueError(f"{at}: expected a list of 1 to {most}, found {value!r}")
        for index, one in enumerate(value):
            check(one, f"{at}[{index}]")

    return run


def mapping(key, check, most):
    def run(value, at):
        if not isinstance(value, dict) or not 1 <= len(value) <= most:
            raise ValueError(f"{at}: expected 1 to {most} entries, found {value!r}")
        for name, one in value.items():
            key(name, at)
            check(one, f"{at}.{name}")

    return run


def fields(required, optional):
    def run(value, at):
        if not isinstance(value, dict):
            raise ValueError(f"{at}: expected an object, found {value!r}")
        for name in required:
            if name not in value:
                raise ValueError(f"{at}: required key [{name}] not found")
        for name, one in value.items():
            check = required.get(name) or optional.get(name)
            if check is None:
                raise ValueError(f"{at}: extraneous key [{name}] is not permitted")
            check(one, f"{at}.{name}")

    return run


ROOM = {
    "ConfigurationName": text(r"[A-Za-z0-9-_]+", 128),
    "IamRoleArn": text(ARN, 1224),
}
OF_ROOM = {
    "CustomizationResourceArns": many(text(r"arn:aws:chatbot:[\w/.-]{0,63}:[\w/.-]{0,63}:custom-action/[\w-]{1,64}", 1011)),
    "GuardrailPolicies": many(text(r"(?!.*/aws-service-role/.*)arn:aws:iam:[\w/.-]{0,63}:[\w/.-]{0,63}:[A-Za-z0-9][\w:/+=,@.-]{0,1023}", 1163)),
    "LoggingLevel": text(r"ERROR|INFO|NONE", 5),
    "SnsTopicArns": many(text(ARN, 1224)),
    "UserRoleRequired": flag,
}
TYPES = {
    "AWS::Chatbot::CustomAction": (
        "custom-action",
        "ActionName",
        fields(
            {"ActionName": text(r"[a-zA-Z0-9_-]{1,64}", 64), "Definition": fields({"CommandText": text(most=100)}, {})},
            {
                "AliasName": text(r"[A-Za-z0-9-_]+", 30),
                "Attachments": many(
                    fields(
                        {},
                        {
                            "NotificationType": text(r"[a-zA-Z0-9-]+", 100),
                            "ButtonText": text(most=50),
                            "Criteria": many(
                                fields(
                                    {"Operator": text(r"HAS_VALUE|EQUALS"), "VariableName": text(r"[A-Za-z0-9-_]+", 100)},
                                    {"Value": text(most=1024)},
                                ),
                                5,
                            ),
                            "Variables": mapping(text(r"[A-Za-z0-9-_]+", 100), text(r"[\x21-\x7F]+", 1024), 5),
                        },
                    )
                ),
            },
        ),
    ),
    "AWS::Chatbot::SlackChannelConfiguration": (
        "chat-configuration/slack-channel",
        "ConfigurationName",
        fields({**ROOM, "SlackWorkspaceId": text(r"[0-9A-Z]{1,255}"), "SlackChannelId": text(r"[A-Za-z0-9]+")}, OF_ROOM),
    ),
    "AWS::Chatbot::MicrosoftTeamsChannelConfiguration": (
        "chat-configuration/microsoft-teams-channel",
        "ConfigurationName",
        fields({**ROOM, "TeamId": text(UUID, 36), "TeamsTenantId": text(UUID, 36), "TeamsChannelId": text(TEAMS)}, OF_ROOM),
    ),
}


def exists(properties):
    """What a room refers to must be there."""
    role = properties["IamRoleArn"].rsplit("/", 1)[-1]
    if role not in iam._roles:
        raise ValueError(f"the role {role} does not exist")
    for arn in properties.get("SnsTopicArns", []):
        if arn not in sns._topics:
            raise ValueError(f"the topic {arn} does not exist")
    for arn in properties.get("GuardrailPolicies", []):
        if ":iam::aws:" not in arn and arn not in iam._policies:
            raise ValueError(f"the policy {arn} does not exist")
    for arn in properties.get("CustomizationResourceArns", []):
        if arn not in made:
            raise ValueError(f"the custom action {arn} does not exist")


def put(kind, name_of, check, properties):
    check(properties, "Properties")
    if "IamRoleArn" in properties:
        exists(properties)
    arn = f"arn:aws:chatbot::{get_account_id()}:{kind}/{properties[name_of]}"
    made[arn] = properties
    return arn, {"CustomActionArn" if kind == "custom-action" else "Arn": arn}


def handler(kind, name_of, check):
    def create(logical_id, properties, stack_name):
        return put(kind, name_of, check, properties)

    def update(physical_id, old, new, stack_name):
        if old[name_of] != new[name_of]:
            made.pop(physical_id, None)
        return put(kind, name_of, check, new)

    def delete(physical_id, properties):
        made.pop(physical_id, None)

    return {"create": create, "update": update, "delete": delete}


def know():
    for name, (kind, name_of, check) in TYPES.items():
        provisioners._RESOURCE_HANDLERS[name] = handler(kind, name_of, check)
