import type { Wanted } from "../../../cli/hunt/list";

export const red = "111122223333";
export const blue = "444455556666";

/** The key of a log file of a day. */
export const logFileKey = (
  account: string,
  region: string,
  date: string,
  { folder = "AWSLogs/", clock = "0005" }: { folder?: string; clock?: string } = {},
) =>
  `${folder}${account}/CloudTrail/${region}/${date.replaceAll("-", "/")}/${account}_CloudTrail_${region}_${date.replaceAll("-", "")}T${clock}Z_abc.json.gz`;

/** What a hunt looks for: two days of everything. */
export const wanted = (own: Partial<Wanted> = {}): Wanted => ({
  bucket: "logs",
  prefix: "",
  from: Date.parse("2026-05-02T00:00:00Z"),
  until: Date.parse("2026-05-04T00:00:00Z"),
  accounts: [],
  regions: [],
  ...own,
});
