/** CloudTrail's own names by their table form: in lower case, without blanks, `_` and `-`. */
function byPlainName(...names: string[]): Map<string, string> {
  return new Map(names.map((name) => [name.toLowerCase(), name]));
}

/** Fields of a record. */
export const recordFields = byPlainName(
  "eventVersion",
  "userIdentity",
  "eventTime",
  "eventSource",
  "eventName",
  "awsRegion",
  "sourceIPAddress",
  "userAgent",
  "errorCode",
  "errorMessage",
  "requestParameters",
  "responseElements",
  "additionalEventData",
  "requestID",
  "eventID",
  "eventType",
  "apiVersion",
  "managementEvent",
  "readOnly",
  "resources",
  "recipientAccountId",
  "serviceEventDetails",
  "sharedEventID",
  "vpcEndpointId",
  "vpcEndpointAccountId",
  "eventCategory",
  "addendum",
  "sessionCredentialFromConsole",
  "edgeDeviceDetails",
  "tlsDetails",
  "insightDetails",
);

/** Nested fields. Others, such as those of `requestParameters`, belong to the services. */
export const innerFields: Record<string, Map<string, string>> = {
  userIdentity: byPlainName(
    "principalId",
    "accountId",
    "accessKeyId",
    "userName",
    "invokedBy",
    "identityProvider",
    "sessionContext",
    "mfaAuthenticated",
    "creationDate",
    "sessionIssuer",
    "webIdFederationData",
    "federatedProvider",
    "ec2RoleDelivery",
    "sourceIdentity",
    "assumedRoot",
    "onBehalfOf",
    "userId",
    "identityStoreArn",
    "credentialId",
    "inScopeOf",
    "sourceArn",
    "sourceAccount",
    "issuerType",
    "credentialsIssuedTo",
  ),
  tlsDetails: byPlainName("tlsVersion", "cipherSuite", "clientProvidedHostHeader"),
  addendum: byPlainName("updatedFields", "originalRequestID", "originalEventID"),
  resources: new Map([
    ["arn", "ARN"],
    ["accountid", "accountId"],
    ["resourcetype", "type"],
  ]),
};

/** A name as tables write it. */
export function plainName(name: string): string {
  return name.toLowerCase().replace(/[\s_-]+/g, "");
}
