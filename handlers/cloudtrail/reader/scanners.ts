import { problemOf } from "../../problem";
import { createKernelScanners } from "./kernel";
import { createPlainScanners } from "./plain";
import type { CreateScanners } from "./scanner";

/**
 * Scanners that run the kernel. Where it cannot be compiled, plain scanners return the same, several times slower, and the
 * process emits a warning.
 */
export const createFastestScanners: CreateScanners = (index, valueEnd, maxRecordBytes) => {
  try {
    return createKernelScanners(index, valueEnd, maxRecordBytes);
  } catch (error) {
    process.emitWarning(
      `reading log files several times slower, without WebAssembly, which cannot be compiled here: ${problemOf(error)}`,
      { code: "CLOUDTRAILER_PLAIN_READER" },
    );
    return createPlainScanners(index, valueEnd);
  }
};
