import { readFileSync } from "node:fs"

/** Linux counts processor time in hundredths of a second. */
const ticksPerSecond = 100

/** Returns the processor time that a process has used so far, its threads included, in microseconds. */
export function readCpuUs(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8")
  // The name in brackets may hold spaces. After it: state is field 0, utime 11, stime 12.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ")
  return ((Number(fields[11]) + Number(fields[12])) / ticksPerSecond) * 1e6
}

/** Returns the memory that a process holds now (RSS), in MB (1,000,000 bytes). */
export function readRssMb(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8")
  const kibibytes = /^VmRSS:\s*(\d+) kB$/m.exec(status)?.[1]
  return (Number(kibibytes) * 1024) / 1e6
}
