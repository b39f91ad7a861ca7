import type { BaselineKind } from "../baseline";
import { type List, named, pagesOf } from "../listing";
import { inside, parameter } from "../setting";

export const configRecorder: BaselineKind = {
  type: "AWS::Config::ConfigurationRecorder",
  service: "configservice",
  actions: ["config:DescribeConfigurationRecorders", "config:DescribeConfigurationRecorderStatus"],
  read: {
    DescribeConfigurationRecorders: (name) => ({ ConfigurationRecorderNames: [name] }),
    DescribeConfigurationRecorderStatus: (name) => ({ ConfigurationRecorderNames: [name] }),
  },
  absent: ["NoSuchConfigurationRecorderException"],
  keep: {
    DescribeConfigurationRecorders: { ConfigurationRecorders: "all" },
    DescribeConfigurationRecorderStatus: { ConfigurationRecordersStatus: ["name", "recording"] },
  },
  list: {
    actions: [],
    of: "region",
    // Another answer says whether the recorder is on.
    async *pages(aws, region) {
      const list: List = ["configservice", region, "DescribeConfigurationRecorders"];
      for await (const page of pagesOf(aws, list, {})) yield named(page.ConfigurationRecorders, "name");
    },
  },
  setBy: {
    "config:PutConfigurationRecorder": inside("configurationRecorder", "name", "default"),
    "config:StartConfigurationRecorder": parameter("configurationRecorderName"),
  },
};
