import { Runtime } from "@pulumi/aws/lambda";

/** The function's runtime. scripts/lambda-node has its Node version, on which CI runs what runs in Lambda. */
export const runtime = Runtime.NodeJS24dX;

/**
 * The dates on which AWS deprecates runtimes, after which it neither patches nor supports them.
 *
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html
 */
export const deprecationDates: Readonly<Record<string, string>> = {
  "nodejs22.x": "2027-04-30",
  "nodejs24.x": "2028-04-30",
};
