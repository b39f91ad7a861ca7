import { CloudTrailClient } from "@aws-sdk/client-cloudtrail";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { IAMClient } from "@aws-sdk/client-iam";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { S3Client } from "@aws-sdk/client-s3";
import { SNSClient } from "@aws-sdk/client-sns";

/** How to reach the emulator past the gateway, as its root user. */
export interface RootAccess {
  /** `http://127.0.0.1:<port>` */
  endpoint: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
}

/** The recorder's own clients. What they do is CloudTrail's internal work, and not an event. */
export interface RootClients {
  cloudtrail(region: string): CloudTrailClient;
  events(region: string): EventBridgeClient;
  iam: IAMClient;
  lambda(region: string): LambdaClient;
  s3: S3Client;
  sns(region: string): SNSClient;
  destroy(): void;
}

interface Destroyable {
  destroy(): void;
}

/** Creates the recorder's clients, one per service and region. */
export function rootClients(access: RootAccess, homeRegion: string): RootClients {
  const made: Destroyable[] = [];

  function inRegion<Client extends Destroyable>(
    make: (region: string) => Client,
  ): (region: string) => Client {
    const clients = new Map<string, Client>();
    return (region) => {
      const known = clients.get(region);
      if (known) return known;
      const client = make(region);
      clients.set(region, client);
      made.push(client);
      return client;
    };
  }

  const config = (region: string) => ({ ...access, region });
  return {
    cloudtrail: inRegion((region) => new CloudTrailClient(config(region))),
    events: inRegion((region) => new EventBridgeClient(config(region))),
    iam: inRegion((region) => new IAMClient(config(region)))("us-east-1"),
    lambda: inRegion((region) => new LambdaClient(config(region))),
    s3: inRegion((region) => new S3Client({ ...config(region), forcePathStyle: true }))(homeRegion),
    sns: inRegion((region) => new SNSClient(config(region))),
    destroy() {
      for (const client of made) client.destroy();
    },
  };
}

/** In this header, AWS's services name the resource that they call for; policies see it as `aws:SourceArn`. */
export const sourceArnHeader = "x-amz-source-arn";

/** Headers that replace those of the command. */
interface Operation {
  /** `X-Amz-Target` */
  target: string;
  body: string;
}

/**
 * Middleware, for `step: "build"` with `priority: "high"`, that sends a command in CloudTrail's place, on behalf of a
 * resource.
 */
export function asCloudTrail(sourceArn: string, operation?: Operation) {
  return <Args extends { request: unknown }, Answer>(next: (args: Args) => Promise<Answer>) =>
    (args: Args): Promise<Answer> => {
      const request = args.request as { headers: Record<string, string>; body: unknown };
      request.headers[sourceArnHeader] = sourceArn;
      if (operation !== undefined) {
        request.headers["x-amz-target"] = operation.target;
        request.body = operation.body;
      }
      return next(args);
    };
}
