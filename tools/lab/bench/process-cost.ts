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

const collecting = `process.on("SIGUSR2", () => { gc(); gc(); console.error("heap " + process.memoryUsage().heapUsed + ";") })`
/** Flags with which a process of Node collects its garbage and prints its live heap when `collect` asks for it. */
export const collectingFlags = [
  "--expose-gc",
  `--import=data:text/javascript,${encodeURIComponent(collecting)}`,
]

/** Has a process that was started with `collectingFlags` collect its garbage. Returns what is left, in MB. */
export async function collect({ pid, log }: { pid: number; log: () => string }) {
  const from = log().length
  const readHeap = () => /heap (\d+);/.exec(log().slice(from))?.[1]
  process.kill(pid, "SIGUSR2")
  while (readHeap() === undefined) await new Promise((resolve) => setTimeout(resolve, 20))
  return { heapMb: Number(readHeap()) / 1e6, rssMb: readRssMb(pid) }
}
