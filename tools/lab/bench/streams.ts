import type { Task } from "#tools/lab/area.ts"
import { join } from "node:path"
import type { Figure } from "#tools/lab/figure.ts"
import { measureIdle, streamCount, type IdleStreams } from "./streams/idle.ts"
import {
  connectionCount,
  startOurStreams,
  startPeerStreams,
  type StreamServer,
} from "./streams/stream-servers.ts"
import { measureStuck, readerCount } from "./streams/stuck.ts"

const plain = { what: "node:http with res.write", script: "plain-streams.ts" }
const library = { what: "better-sse", script: "better-sse-streams.ts" }
/** Rights are computed from one person's claims; as many sessions as people would open that many browsers. */
const people = 200

/** What idle streams cost, how long an event takes to all of them, and what readers that take nothing do to the server. */
export async function measureStreams({ work }: Task): Promise<Figure[]> {
  const startOurs = (folder: string) => startOurStreams(join(work, folder), people)
  const idle = await measureAll(measureIdle, () => startOurs("idle"))
  const stuck = await measureAll(measureStuck, () => startOurs("stuck"))
  const toFigures = (
    what: string,
    unit: string,
    read: (streams: IdleStreams) => number,
    goal: Figure["goal"],
    more: Pick<Figure, "limitedBy"> = {},
  ): Figure[] => [
    {
      what,
      unit,
      seen: read(idle.ours),
      peer: { what: plain.what, value: read(idle.plain) },
      goal,
      ...more,
    },
    {
      what,
      unit,
      seen: read(idle.ours),
      peer: { what: library.what, value: read(idle.library) },
      goal: null,
    },
  ]
  const stuckOf = `growth by ${readerCount} readers that take nothing while ${connectionCount} connections change`
  return [
    ...toFigures(
      `memory of each of ${streamCount} idle streams`,
      "KB",
      ({ eachKb }) => eachKb,
      { atMost: 20, of: "unit" },
      { limitedBy },
    ),
    ...toFigures(
      `processor while ${streamCount} streams are idle`,
      "% of a core",
      (one) => one.percent,
      { atMost: 5, of: "unit" },
      {
        limitedBy:
          "Each stream gets a heartbeat every 25 seconds and news of polls, which is 10,000 writes each. The peers write nothing. Tried: a list of followed sessions instead of streams, which took away a third, and heartbeats in one go, which changed nothing. With 5,000 streams it is 8 % of a core. Our own code and its garbage are 3 % in a profile, and without the look for silent peers it was 1 % less.",
      },
    ),
    ...toFigures(
      `event to ${streamCount} streams, first reader to 99th percentile`,
      "ms",
      ({ fanOutMs }) => fanOutMs,
      { atMost: 1, of: "peer" },
    ),
    ...toFigures("processor time for opening a stream", "ms", ({ openMs }) => openMs, null),
    {
      what: stuckOf,
      unit: "MB",
      seen: stuck.ours,
      peer: { what: plain.what, value: stuck.plain },
      goal: { atMost: 30, of: "unit" },
    },
    {
      what: stuckOf,
      unit: "MB",
      seen: stuck.ours,
      peer: { what: library.what, value: stuck.library },
      goal: null,
    },
  ]
}

/** Known of the memory of a stream. */
const limitedBy =
  "Tried: letting go of the request, its session and all that middleware hung on it once a stream is open. Tried too: one timer for all heartbeats, and letting go of the head that has left, of loggers and of closures. What is left beside Node's socket, parser, request and response are the subscriptions and the rights of each reader. Four starts with 5,000 streams, two of them with some regular looks switched off, gave 21 to 43 KB each: the free room in the heap is measured too."

/** Measures one after the other: together they would need more open files than a process may have. */
async function measureAll<Measured>(
  measure: (server: StreamServer) => Promise<Measured>,
  startOurs: () => Promise<StreamServer>,
): Promise<Record<"plain" | "ours" | "library", Measured>> {
  const run = async (start: () => Promise<StreamServer>) => {
    const server = await start()
    try {
      return await measure(server)
    } finally {
      await server.stop()
    }
  }
  return {
    plain: await run(() => startPeerStreams(plain.script)),
    ours: await run(startOurs),
    library: await run(() => startPeerStreams(library.script)),
  }
}
