import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import type { Socket } from "node:net";

/**
 * The process at the other end of a loopback connection, by Linux's own tables.
 *
 * Source: https://man7.org/linux/man-pages/man5/proc_net.5.html
 */
export function processOf({ remotePort, localPort }: Socket): number {
  const port = (number = 0) => number.toString(16).toUpperCase().padStart(4, "0");
  const ends = [port(remotePort), port(localPort)];
  for (const line of readFileSync("/proc/net/tcp", "utf8").split("\n").slice(1)) {
    const [, local, remote, , , , , , , inode] = line.trim().split(/\s+/);
    if (local?.endsWith(`:${ends[0]}`) && remote?.endsWith(`:${ends[1]}`) && inode !== undefined)
      return holderOf(`socket:[${inode}]`);
  }
  throw new Error(`expected a process at the other end of port ${remotePort}, found none`);
}

function holderOf(socket: string): number {
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name)))
    try {
      const files = readdirSync(`/proc/${pid}/fd`);
      if (files.some((file) => linkOf(`/proc/${pid}/fd/${file}`) === socket)) return Number(pid);
    } catch {
      // It ended meanwhile, or is another user's.
    }
  throw new Error(`expected a process with ${socket}, found none`);
}

function linkOf(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined; // closed meanwhile
  }
}
