import * as provider from "@pulumi/pulumi/provider";
import manifest from "@pulumi/aws/package.json";
import { awsProvider } from "./aws-provider";
import { connectionFrom } from "./connection";

void provider.main(awsProvider(manifest.version, connectionFrom(process.env)), process.argv.slice(2));
