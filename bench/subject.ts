import { createReadLogFile, type LogFileCounts } from "../handlers/cloudtrail/reader/index";
import { createDetect } from "../handlers/detections/detect";
import { detections } from "../handlers/detections/index";
import { wantedOf } from "../handlers/detections/wanted";
import { modeOf } from "../handlers/mode";
import { defaultSettings } from "../handlers/settings";

/** What one pass over a log file brought. */
export interface Pass extends LogFileCounts {
  /** Matches of detections; those that only count towards a burst included. */
  hits: number;
}

/** Reads one log file and runs all detections over what the reader hands on. */
export type ReadAndDetect = (source: string, content: AsyncIterable<Uint8Array>) => Promise<Pass>;

/**
 * What is measured: the reader and the detections as the function uses them, with the usual settings. Of this factory
 * alone the serialized text is made too, so it holds nothing that only a bench needs.
 */
export function createReadAndDetect(): ReadAndDetect {
  const active = detections.filter((detection) => modeOf(detection, defaultSettings) !== "off");
  const detect = createDetect(defaultSettings, active);
  const read = createReadLogFile(wantedOf(active, defaultSettings.context), {
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
