import { collect, readCpuUs } from "#tools/lab/bench/process-cost.ts"
import { openStreams, readUntil, wait } from "#tools/lab/bench/open-streams.ts"
import { toQuantile } from "#tools/lab/figure.ts"
import type { StreamServer } from "./stream-servers.ts"

export const streamCount = 10_000
const settleSeconds = 5
/** One heartbeat of each stream. */
const idleSeconds = 25
const eventCount = 5

export interface IdleStreams {
  /** Memory of the server for each after a forced collection, in KB: of the heap, and of the process (RSS). */
  heapKb: number
  rssKb: number
  /** Processor time for opening one, in ms. */
  openMs: number
  /** Processor time while nothing happens, in percent of one core. */
  percent: number
  /** From the first reader of an event to the one at the 99th percentile. */
  fanOutMs: number
  /** Until all are open again once all were cut. */
  backSeconds: number
}

/** Opens many streams, leaves them alone for a while, sends a few events to all of them, cuts them and opens them again. */
export async function measureIdle(server: StreamServer): Promise<IdleStreams> {
  const { url, pid, toHead, say } = server
  const rest = await collect(server)
  const cpuBefore = readCpuUs(pid)
  const sockets = await openStreams(url, streamCount, toHead)
  const openMs = (readCpuUs(pid) - cpuBefore) / streamCount / 1_000
  await wait(settleSeconds)
  const idleFrom = readCpuUs(pid)
  await wait(idleSeconds)
  const percent = (readCpuUs(pid) - idleFrom) / 10_000 / idleSeconds
  const full = await collect(server)
  const perStream = (mb: number) => (mb * 1_000) / streamCount

  const fanOuts: number[] = []
  for (let event = 0; event < eventCount; event += 1) {
    const text = `event-${event}-${Math.random().toString(36).slice(2)}`
    const arrivals = Promise.all(sockets.map((socket) => readUntil(socket, text)))
    await say(text)
    const at = (await arrivals).toSorted((one, other) => one - other)
    fanOuts.push(toQuantile(at, 0.99) - (at[0] ?? Number.NaN))
  }
  for (const socket of sockets) socket.destroy()
  await wait(2)
  const cut = performance.now()
  const again = await openStreams(url, streamCount, toHead)
  const backSeconds = (performance.now() - cut) / 1_000
  for (const socket of again) socket.destroy()
  return {
    heapKb: perStream(full.heapMb - rest.heapMb),
    rssKb: perStream(full.rssMb - rest.rssMb),
    openMs,
    percent,
    fanOutMs: toQuantile(fanOuts, 0.5),
    backSeconds,
  }
}
