import { type Fields, fieldsOf, textOf } from "../../../handlers/json";
import { recordOf } from "./columns";
import { type Form, holder, textHolder } from "./form";
import { memberOf, unflattened } from "./member";
import { structOf } from "./struct";

/** A document of Elasticsearch or OpenSearch, a hit, or a search result. */
export const elastic: Form = {
  name: "Elasticsearch or OpenSearch",
  open(fields) {
    const { hits } = fieldsOf(fields.hits);
    if (Array.isArray(hits)) return { inside: hits as unknown[] };
    if (Array.isArray(fields.hits)) return { inside: fields.hits as unknown[] };
    return holder("", "_source", "event.original").open(fields);
  },
};

/** A line of the bulk API that says what to do with the next one. */
export const bulkAction: Form = {
  name: "action of Elasticsearch's bulk API",
  open(fields) {
    const [name = "", ...others] = Object.keys(fields);
    if (others.length > 0 || !["index", "create", "update", "delete"].includes(name)) return undefined;
    const isAction = Object.keys(fieldsOf(fields[name])).every(
      (key) => key.startsWith("_") || key === "pipeline",
    );
    return isAction ? { inside: [] } : undefined;
  },
};

/**
 * A document of Elastic's integration without `event.original`: the record is rebuilt from its fields.
 *
 * Source: https://www.elastic.co/docs/reference/integrations/aws/cloudtrail
 */
export const ecs: Form = {
  name: "Elastic Common Schema",
  open(fields) {
    const nested = Object.keys(fields).some((name) => name.includes(".")) ? unflattened(fields) : fields;
    const at = (path: string) => memberOf(nested, path);
    const own = (name: string) => at(`aws.cloudtrail.${name}`);
    if (textOf(at("event.action")) === undefined || textOf(at("event.provider")) === undefined)
      return undefined;
    const identity = fieldsOf(own("user_identity"));
    const record = recordOf(
      present({
        eventVersion: own("event_version"),
        eventTime: at("@timestamp"),
        eventSource: at("event.provider"),
        eventName: at("event.action"),
        eventID: at("event.id"),
        eventType: own("event_type"),
        eventCategory: own("event_category"),
        awsRegion: at("cloud.region"),
        sourceIPAddress: at("source.address") ?? at("source.ip"),
        userAgent: at("user_agent.original"),
        errorCode: own("error_code"),
        errorMessage: own("error_message"),
        recipientAccountId: own("recipient_account_id") ?? at("cloud.account.id"),
        requestID: own("request_id"),
        readOnly: own("read_only"),
        managementEvent: own("management_event"),
        requestParameters: own("flattened.request_parameters") ?? parametersOf(own("request_parameters")),
        responseElements: own("flattened.response_elements") ?? parametersOf(own("response_elements")),
        additionalEventData:
          own("flattened.additional_eventdata") ?? parametersOf(own("additional_eventdata")),
        userIdentity: present({
          type: own("user_identity.type") ?? identity.type,
          arn: own("user_identity.arn"),
          accessKeyId: own("user_identity.access_key_id"),
          invokedBy: own("user_identity.invoked_by"),
          principalId: at("user.id"),
          userName: at("user.name"),
          accountId: at("cloud.account.id"),
          sessionContext: sessionOf(fieldsOf(own("user_identity.session_context"))),
        }),
      }),
    );
    return record === undefined ? undefined : { record };
  },
};

function sessionOf(session: Fields): Fields | undefined {
  const issuer = fieldsOf(session.session_issuer);
  if (Object.keys(session).length === 0) return undefined;
  return {
    sessionIssuer: present({
      type: issuer.type,
      arn: issuer.arn,
      principalId: issuer.principal_id,
      accountId: issuer.account_id,
      userName: issuer.user_name,
    }),
    attributes: present({
      mfaAuthenticated: session.mfa_authenticated,
      creationDate: session.creation_date,
    }),
  };
}

function parametersOf(value: unknown): unknown {
  return typeof value === "string" ? (structOf(value) ?? value) : value;
}

/** Splunk results: one per line in an export, a list from a search. */
export const splunk: Form = {
  name: "Splunk result",
  open(fields) {
    const raw = holder("", "_raw").open(fields);
    if (raw !== undefined) return raw;
    if (!("preview" in fields || "offset" in fields || "init_offset" in fields)) return undefined;
    if (Array.isArray(fields.results)) return { inside: fields.results as unknown[] };
    if (fields.result !== undefined) return { inside: [fields.result] };
    // The last line of an export may have no result.
    return Object.keys(fields).every((name) => ["preview", "offset", "lastrow"].includes(name))
      ? { inside: [] }
      : undefined;
  },
};

/** An event for Splunk's HTTP Event Collector. */
export const splunkCollector: Form = {
  name: "Splunk HEC event",
  open: (fields) =>
    "sourcetype" in fields || "time" in fields ? holder("", "event").open(fields) : undefined,
};

const sentinelFields: [column: string, path: string][] = [
  ["AwsEventId", "eventID"],
  ["AwsRequestId", "requestID"],
  ["AwsRequestId_", "requestID"],
  ["EventTypeName", "eventType"],
  ["Category", "eventCategory"],
  ["TimeGenerated", "eventTime"],
  ["UserIdentityType", "userIdentity.type"],
  ["UserIdentityPrincipalid", "userIdentity.principalId"],
  ["UserIdentityArn", "userIdentity.arn"],
  ["UserIdentityAccountId", "userIdentity.accountId"],
  ["UserIdentityInvokedBy", "userIdentity.invokedBy"],
  ["UserIdentityAccessKeyId", "userIdentity.accessKeyId"],
  ["UserIdentityUserName", "userIdentity.userName"],
  ["SessionMfaAuthenticated", "userIdentity.sessionContext.attributes.mfaAuthenticated"],
  ["SessionCreationDate", "userIdentity.sessionContext.attributes.creationDate"],
  ["SessionIssuerType", "userIdentity.sessionContext.sessionIssuer.type"],
  ["SessionIssuerPrincipalId", "userIdentity.sessionContext.sessionIssuer.principalId"],
  ["SessionIssuerArn", "userIdentity.sessionContext.sessionIssuer.arn"],
  ["SessionIssuerAccountId", "userIdentity.sessionContext.sessionIssuer.accountId"],
  ["SessionIssuerUserName", "userIdentity.sessionContext.sessionIssuer.userName"],
  ["EC2RoleDelivery", "userIdentity.sessionContext.ec2RoleDelivery"],
  ["TlsVersion", "tlsDetails.tlsVersion"],
  ["CipherSuite", "tlsDetails.cipherSuite"],
  ["ClientProvidedHostHeader", "tlsDetails.clientProvidedHostHeader"],
];

/**
 * A row of the table AWSCloudTrail.
 *
 * Source: https://learn.microsoft.com/azure/azure-monitor/reference/tables/awscloudtrail
 */
export const sentinel: Form = {
  name: "Microsoft Sentinel",
  open(fields) {
    if (!("AwsEventId" in fields || "UserIdentityType" in fields || "UserIdentityArn" in fields))
      return undefined;
    const names = new Map(sentinelFields);
    const columns: Fields = {};
    for (const [name, value] of Object.entries(fields)) {
      // The portal appends the time zone to a name.
      const path = names.get(name.replace(/ \[UTC\]$/, ""));
      if (value !== "" && value !== null) columns[path ?? name] = value;
    }
    const record = recordOf(columns);
    return record === undefined ? undefined : { record };
  },
};

/** A row of Steampipe's table of events. */
export const steampipe: Form = holder("Steampipe", "cloudtrail_event");

/** What log shippers wrap around a line, each in their own field. */
export const shippers: Form[] = [
  textHolder("Filebeat, Logstash, Graylog", "message", "full_message", "short_message"),
  textHolder("Fluentd, Fluent Bit, Docker, Kubernetes", "log"),
  textHolder("Loki", "line"),
  textHolder("Vector, rsyslog", "msg", "raw", "rawmsg"),
  textHolder("Google SecOps, Sumo Logic, QRadar", "raw_log", "rawLog", "rawData", "raw_data"),
  holder("Datadog", "attributes.attributes", "content.attributes", "attributes"),
];

function present(fields: Fields): Fields {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined && value !== null),
  );
}
