import { problemOf } from "../../problem";
import { createKernelScanners } from "./kernel";
import { createPlainScanners } from "./plain";
import type { CreateScanners } from "./scanner";

/**
 * Scanners with the kernel; where it cannot be compiled, plain ones, which read the same, several times as slowly, and a
 * warning of the process that says so.
 */
export const createFastestScanners: CreateScanners = (index, valueEnd, maxRecordBytes) => {
  try {
    return createKernelScanners(index, valueEnd, maxRecordBytes);
  } catch (error) {
    process.emitWarning(
      `log files are read several times as slowly: WebAssembly cannot be compiled here (${problemOf(error)})`,
      { code: "CLOUDTRAILER_PLAIN_READER" },
    );
    return createPlainScanners(index, valueEnd);
  }
};
