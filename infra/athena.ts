import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Place } from "../policies/document";
import { savedQueries } from "./athena-queries";
import { columns, locationOf, partitions, projectionOf, type TablePlace } from "./athena-table";

export interface AthenaArgs {
  /** Where the stack is. */
  place: pulumi.Output<Place>;
  /** Name of the work group; that of the database is the same with underscores. */
  name: string;
  /** The bucket of the log files. */
  bucket: string;
  /** The trail's prefix in it, without a slash at its ends; undefined: none. */
  prefix: string | undefined;
  /** The organization whose trail writes there, too; undefined: none. */
  organization: string | undefined;
  /** The bucket for the results of queries. */
  reports: aws.s3.Bucket;
  /** How much a query may read, in GB: it is stopped there. */
  scanGigabytes: number;
}

/** Glue allows lower-case letters, digits and underscores. */
export function databaseOf(name: string): string {
  return name.toLowerCase().replaceAll("-", "_");
}

/** SQL over the log files: a table of events, a work group that limits what a query costs, and saved queries. */
export class Athena extends pulumi.ComponentResource {
  readonly workgroup: aws.athena.Workgroup;
  private readonly database: aws.glue.CatalogDatabase;

  constructor(
    private readonly name: string,
    private readonly args: AthenaArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("cloudtrailer:index:Athena", name, {}, opts);
    this.database = new aws.glue.CatalogDatabase(
      `${name}-database`,
      { name: databaseOf(args.name), description: "CloudTrail's log files" },
      { parent: this },
    );
    this.workgroup = this.createWorkgroup();
    const { bucket, prefix, organization } = args;
    this.createTable("events", (here) => ({ ...here, bucket, prefix }));
    if (organization !== undefined)
      this.createTable("organization_events", ({ partition, region }) => ({
        partition,
        region,
        bucket,
        prefix,
        organization,
      }));
    this.saveQueries("", "events");
    if (organization !== undefined) this.saveQueries("organization-", "organization_events");
    this.registerOutputs({ workgroup: this.workgroup.name });
  }

  private createWorkgroup() {
    return new aws.athena.Workgroup(
      `${this.name}-workgroup`,
      {
        name: this.args.name,
        description: "Queries of CloudTrail's log files",
        forceDestroy: true,
        configuration: {
          enforceWorkgroupConfiguration: true,
          bytesScannedCutoffPerQuery: this.args.scanGigabytes * 1024 ** 3,
          resultConfiguration: {
            outputLocation: pulumi.interpolate`s3://${this.args.reports.bucket}/athena/`,
            encryptionConfiguration: { encryptionOption: "SSE_S3" },
          },
        },
      },
      { parent: this },
    );
  }

  private createTable(table: string, placeOf: (place: Place) => TablePlace) {
    const place = this.args.place.apply(placeOf);
    return new aws.glue.CatalogTable(
      `${this.name}-${table.replaceAll("_", "-")}`,
      {
        name: table,
        databaseName: this.database.name,
        description:
          "CloudTrail's events; name account, region and day in WHERE, because Athena bills what it reads",
        tableType: "EXTERNAL_TABLE",
        parameters: place.apply(projectionOf),
        partitionKeys: partitions.map((name) => ({ name, type: "string" })),
        storageDescriptor: {
          location: place.apply(locationOf),
          // https://docs.aws.amazon.com/athena/latest/ug/cloudtrail-logs.html
          inputFormat: "com.amazon.emr.cloudtrail.CloudTrailInputFormat",
          outputFormat: "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat",
          serDeInfo: { serializationLibrary: "org.apache.hive.hcatalog.data.JsonSerDe" },
          columns: columns.map(({ name, type }) => ({ name: name.toLowerCase(), type: type.toLowerCase() })),
        },
      },
      { parent: this },
    );
  }

  private saveQueries(prefix: string, table: string) {
    for (const { name, description, query, parameters } of savedQueries(table)) {
      const filledIn = parameters.map((what, index) => `${index + 1}: ${what}`).join("; ");
      new aws.athena.NamedQuery(
        `${this.name}-${prefix}${name}`,
        {
          name: `${prefix}${name}`,
          description: `${description}. Parameters: ${filledIn}`,
          database: this.database.name,
          workgroup: this.workgroup.name,
          query,
        },
        { parent: this },
      );
    }
  }
}
