import { base64 } from "./base64";
import { bzip2 } from "./bzip2";
import type { Container } from "./container";
import { gzip } from "./gzip";
import { tar } from "./tar";
import { zip } from "./zip";
import { zstd } from "./zstd";

/** All containers; the first match wins. */
export const containers: Container[] = [gzip, zip, zstd, bzip2, tar, base64];
