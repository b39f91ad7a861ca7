import {
  DeleteDashboardsCommand,
  GetDashboardCommand,
  PutDashboardCommand,
} from "@aws-sdk/client-cloudwatch";
import { type Aws, ifPresent } from "./aws";
import { jsonText } from "./property";
import { resourceType } from "./resource-type";

const putDashboard = (name: string, body: unknown, aws: Aws) =>
  aws.cloudwatch.send(new PutDashboardCommand({ DashboardName: name, DashboardBody: jsonText(body) }));

/** https://www.pulumi.com/registry/packages/aws/api-docs/cloudwatch/dashboard/ */
export const dashboard = resourceType({
  type: "aws:cloudwatch/dashboard:Dashboard",
  properties: {
    dashboardName: { kind: "text", named: true, replaces: true },
    dashboardBody: { kind: "json", required: true },
  },
  async create({ dashboardName, dashboardBody }, aws) {
    await putDashboard(dashboardName, dashboardBody, aws);
    return dashboardName;
  },
  async put(id, { dashboardBody }, aws, olds) {
    if (olds) await putDashboard(id, dashboardBody, aws);
  },
  async read(id, _state, aws) {
    const live = await ifPresent(aws.cloudwatch.send(new GetDashboardCommand({ DashboardName: id })));
    return (
      live && {
        dashboardName: live.DashboardName,
        dashboardBody: live.DashboardBody,
        dashboardArn: live.DashboardArn,
      }
    );
  },
  async delete(id, _state, aws) {
    await ifPresent(aws.cloudwatch.send(new DeleteDashboardsCommand({ DashboardNames: [id] })));
  },
});
