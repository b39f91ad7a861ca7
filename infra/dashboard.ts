import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Place } from "../policies/document";
import { dashboardBody } from "./dashboard-body";
import type { Names } from "./names";

export interface DashboardArgs {
  place: pulumi.Output<Place>;
  team: string;
  names: Names;
  /** Whether the second path's alarms exist. */
  watch: boolean;
  silenceHours: number;
  /** Whether EventBridge sends records. */
  isFast: boolean;
  /** Whether fixes are delayed. */
  hasDelays: boolean;
  /** Whether anybody is behind the findings bus. */
  hasChannels: boolean;
}

/** A CloudWatch dashboard: findings, fixes, delays, errors, and the system's own health. */
export class Dashboard extends pulumi.ComponentResource {
  readonly dashboard: aws.cloudwatch.Dashboard;

  constructor(name: string, args: DashboardArgs, opts?: pulumi.ComponentResourceOptions) {
    super("cloudtrailer:index:Dashboard", name, {}, opts);
    this.dashboard = new aws.cloudwatch.Dashboard(
      name,
      {
        dashboardName: args.names.dashboard,
        dashboardBody: args.place.apply((place) => JSON.stringify(dashboardBody({ ...args, place }))),
      },
      { parent: this },
    );
    this.registerOutputs({ dashboard: this.dashboard.dashboardName });
  }
}
