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

/**
 * The subject of the measurement: the reader and the detections as the function uses them, with default settings. The
 * serialized text is created from this factory, too, so it contains nothing that only the bench needs.
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
