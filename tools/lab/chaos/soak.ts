import { readdirSync } from "node:fs"
import { readRssMb } from "#tools/lab/bench/process-cost.ts"
import { openStream, pause, readMetric } from "./client.ts"
import type { Task } from "#tools/lab/area.ts"
import { atMost, none, shown, type Figure } from "#tools/lab/figure.ts"
import { createNumbered, projectId, startAlone } from "./world.ts"

const streams = 200
/** In less time the next collection of garbage decides. */
const leastMinutes = 10
const createEveryMs = 3_000
const cutEveryMs = 250
/** Until the first of everything has happened. */
const warmMs = 30_000

/** Streams that are cut and opened again, and creates, for as long as the run says or ten minutes. */
export async function soak(task: Task): Promise<Figure[]> {
  const { random } = task
  const minutes = Math.max(task.minutes, leastMinutes)
  const { desk, client } = await startAlone(task)
  const open = () => openStream(client, [projectId])
  const readers = await Promise.all(Array.from({ length: streams }, open))
  let isOver = false
  let [created, failed, cut] = [0, 0, 0]
  const goOn = async (everyMs: number, work_: () => Promise<void>) => {
    while (!isOver) {
      await work_()
      await pause(everyMs)
    }
  }
  const load = [
    goOn(createEveryMs, async () => {
      created += 1
      if ((await createNumbered(client, created)).status !== 201) failed += 1
    }),
    goOn(cutEveryMs, async () => {
      const index = Math.floor(random() * streams)
      readers[index]?.close()
      readers[index] = await open()
      cut += 1
    }),
  ]
  const read = async () => ({
    heapMb: (await readMetric(client, "nodejs_heap_size_used_bytes")) / 1e6,
    rssMb: readRssMb(desk.pid),
    files: readdirSync(`/proc/${desk.pid}/fd`).length,
  })
  await pause(warmMs)
  // The lowest of some readings: what is left right after a collection.
  const readLowest = async () => {
    let lowest = await read()
    for (let left = 20; left > 0; left -= 1) {
      await pause(500)
      const now = await read()
      lowest = { ...now, heapMb: Math.min(now.heapMb, lowest.heapMb) }
    }
    return lowest
  }
  const before = await readLowest()
  await pause(minutes * 60_000)
  // Of the time since the metrics were read before, so it comes first.
  const lag = (await readMetric(client, "nodejs_eventloop_lag_p99_seconds")) * 1_000
  const after = await readLowest()
  isOver = true
  await Promise.all(load)
  for (const reader of readers) reader.close()
  return [
    shown("minutes", minutes),
    shown("streams open, and cut", cut),
    shown("creates", created),
    none("creates that failed", failed),
    atMost("heap after a collection, growth", (after.heapMb - before.heapMb) / minutes, "MB a minute", 0.1),
    atMost("open files, growth", after.files - before.files, "", 10),
    shown("memory of the process", after.rssMb, "MB"),
    atMost("event loop, p99", lag, "ms", 50),
  ]
}
