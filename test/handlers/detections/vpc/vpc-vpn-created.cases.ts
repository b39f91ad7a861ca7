import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "a connection",
    record: call("ec2:CreateVpnConnection", {
      customerGatewayId: "cgw-1",
      vpnGatewayId: "vgw-1",
      type: "ipsec.1",
    }),
    evidence: "requestParameters.customerGatewayId",
    resources: ["cgw-1"],
  },
  {
    name: "for people",
    record: call("ec2:CreateClientVpnEndpoint", {
      CreateClientVpnEndpointRequest: { ClientCidrBlock: "10.99.0.0/16", ServerCertificateArn: "c" },
    }),
    evidence: "requestParameters.CreateClientVpnEndpointRequest.ClientCidrBlock",
  },
  {
    name: "to a network",
    record: call("ec2:AuthorizeClientVpnIngress", {
      AuthorizeClientVpnIngressRequest: { ClientVpnEndpointId: "cvpn-1", TargetNetworkCidr: "0.0.0.0/0" },
    }),
    resources: ["cvpn-1"],
  },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
