import { readCpuUs, readRssMb } from "#tools/lab/bench/process-cost.ts"
import { openStreams, readUntil, wait } from "#tools/lab/bench/open-streams.ts"
import { toQuantile } from "#tools/lab/figure.ts"
import type { StreamServer } from "./stream-servers.ts"

export const streamCount = 10_000
const settleSeconds = 20
const idleSeconds = 30
const eventCount = 7

export interface IdleStreams {
  /** Memory of the server for each, in KB. */
  eachKb: number
  /** Processor time for opening one, in ms. */
  openMs: number
  /** Processor time while nothing happens, in percent of one core. */
  percent: number
  /** From the first reader of an event to the one at the 99th percentile. */
  fanOutMs: number
}

/** Opens many streams, leaves them alone for a while, and then sends a few events to all of them. */
export async function measureIdle({ url, pid, toHead, say }: StreamServer): Promise<IdleStreams> {
  const [restMb, cpuBefore] = [readRssMb(pid), readCpuUs(pid)]
  const sockets = await openStreams(url, streamCount, toHead)
  const openMs = (readCpuUs(pid) - cpuBefore) / streamCount / 1_000
  // What opening left behind is collected, and the first heartbeats are sent.
  await wait(settleSeconds)
  const idleFrom = readCpuUs(pid)
  await wait(idleSeconds)
  const percent = (readCpuUs(pid) - idleFrom) / 10_000 / idleSeconds
  const eachKb = ((readRssMb(pid) - restMb) * 1_000) / streamCount

  const fanOuts: number[] = []
  for (let event = 0; event < eventCount; event += 1) {
    const text = `event-${event}-${Math.random().toString(36).slice(2)}`
    const arrivals = Promise.all(sockets.map((socket) => readUntil(socket, text)))
    await say(text)
    const at = (await arrivals).toSorted((one, other) => one - other)
    fanOuts.push(toQuantile(at, 0.99) - (at[0] ?? Number.NaN))
  }
  for (const socket of sockets) socket.destroy()
  return { eachKb, openMs, percent, fanOutMs: toQuantile(fanOuts, 0.5) }
}
