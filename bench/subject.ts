import { createReadLogFile, type LogFileCounts } from "../handlers/cloudtrail/reader/index";
import { createDetect } from "../handlers/detections/detect";
import { detections } from "../handlers/detections/index";
import { wantedOf } from "../handlers/detections/wanted";
import { modeOf } from "../handlers/mode";
import { defaultSettings } from "../handlers/settings";

/** The result of one pass over a log file. */
export interface Pass extends LogFileCounts {
  /** Matches of detections, including those that only count towards a burst. */
  hits: number;
}

/** Reads one log file and runs all detections on what the reader passes on. */
export type ReadAndDetect = (source: string, content: AsyncIterable<Uint8Array>) => Promise<Pass>;

const place = "eu-west-1:111122223333";

/** Default settings with the parts of a stack, whose names every record of many events is compared with. */
const settings: typeof defaultSettings = {
  ...defaultSettings,
  context: {
    ...defaultSettings.context,
    trail: { name: "cloudtrailer-blue", arn: `arn:aws:cloudtrail:${place}:trail/cloudtrailer-blue` },
    ownResources: [
      "cloudtrailer-blue",
      "arn:aws:iam::111122223333:role/cloudtrailer-blue",
      "arn:aws:iam::111122223333:role/cloudtrailer-watch-blue",
      "arn:aws:iam::111122223333:role/cloudtrailer-events-blue",
      "arn:aws:s3:::cloudtrailer-blue-logs",
      `arn:aws:lambda:${place}:function:cloudtrailer-blue`,
      `arn:aws:dynamodb:${place}:table/cloudtrailer-blue`,
      `arn:aws:sns:${place}:cloudtrailer-blue`,
      `arn:aws:sns:${place}:cloudtrailer-logs-blue`,
      `arn:aws:sns:${place}:cloudtrailer-watch-blue`,
      `arn:aws:sns:${place}:cloudtrailer-events-blue`,
      `arn:aws:sqs:${place}:cloudtrailer-blue`,
      `arn:aws:events:${place}:rule/cloudtrailer-blue`,
      `arn:aws:events:${place}:event-bus/cloudtrailer-blue`,
      `arn:aws:events:${place}:event-bus/cloudtrailer-watch-blue`,
      `arn:aws:events:${place}:event-bus/cloudtrailer-events-blue`,
      `arn:aws:logs:${place}:log-group:/aws/lambda/cloudtrailer-blue`,
    ],
  },
};

/**
 * The subject of the measurement: the reader and the detections as the function of a stack with default settings uses them. The
 * serialized text is created from this factory, too, so it contains nothing that only the bench needs.
 */
export function createReadAndDetect(): ReadAndDetect {
  const active = detections.filter((detection) => modeOf(detection, settings) !== "off");
  const detect = createDetect(settings, active);
  const read = createReadLogFile(wantedOf(active, settings.context), {
    maxInflatedBytes: 16 * 1024 ** 3,
    maxRecordBytes: 4 * 1024 ** 2,
  });
  return async (source, content) => {
    let hits = 0;
    const counts = await read(source, content, {
      record: (record, hinted) => {
        hits += detect(record, hinted).length;
      },
    });
    return { ...counts, hits };
  };
}
