import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import { serviceOf } from "../../cloudtrail/record";
import { isTrue } from "../../cloudtrail/parameters";
import type { Finding } from "../../detections/finding";
import { fieldsOf, listOf } from "../../json";
import type { Remediation } from "../remediation";
import { alreadyOk, refused, requested } from "../support/outcomes";

/**
 * Makes the cluster private. Connections through its public address are lost.
 *
 * Source: https://docs.aws.amazon.com/redshift/latest/APIReference/API_ModifyCluster.html
 */
export const fixRedshiftClusterPublic: Remediation = {
  id: "redshift-cluster-public",
  reads: ["redshift:DescribeClusters"],
  writes: ["redshift:ModifyCluster"],
  async plan(finding: Finding, aws: CallAws) {
    if (serviceOf(finding.record) !== "redshift")
      return refused("a person must restore workgroups of Redshift Serverless");
    const asked = requested(finding, ["clusterIdentifier"]);
    if ("outcome" in asked) return asked;
    const ClusterIdentifier = asked.values.clusterIdentifier;
    const call = callsTo("redshift", finding.region);
    const gone = ["ClusterNotFoundFault", "ClusterNotFound"];
    const answer = await unlessGone(aws(call("DescribeClusters", { ClusterIdentifier })), gone);
    const [live] = listOf(answer?.Clusters).map(fieldsOf);
    if (live === undefined) return alreadyOk(`the cluster ${ClusterIdentifier} is gone`);
    if (!isTrue(live.PubliclyAccessible)) return alreadyOk(`the cluster ${ClusterIdentifier} is private`);
    const set = (PubliclyAccessible: boolean) =>
      call("ModifyCluster", { ClusterIdentifier, PubliclyAccessible });
    return {
      summary: `Make the Redshift cluster ${ClusterIdentifier} private`,
      calls: [{ ...set(false), doneWhen: gone }],
      rollback: [set(true)],
    };
  },
};
