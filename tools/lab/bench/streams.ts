import type { Task } from "#tools/lab/area.ts"
import { join } from "node:path"
import type { Figure } from "#tools/lab/figure.ts"
import { compare, interleave } from "./rounds.ts"
import { measureIdle, streamCount } from "./streams/idle.ts"
import { startOurStreams, startPeerStreams, type StreamServer } from "./streams/stream-servers.ts"

const starts = 3

/** What idle streams cost, how long an event takes to all of them, and how long they take to come back. */
export async function measureStreams({ work }: Task): Promise<Figure[]> {
  let start = 0
  const run = async (server: StreamServer) => {
    try {
      return await measureIdle(server)
    } finally {
      await server.stop()
    }
  }
  const { plain } = await interleave(1, { plain: async () => await run(await startPeerStreams()) })
  const { ours } = await interleave(starts, {
    ours: async () => await run(await startOurStreams(join(work, String((start += 1))))),
  })
  const toFigure = compare({ ours, peer: { what: "node:http with res.write", rounds: plain } })
  const idle = `each of ${streamCount} idle streams`
  return [
    toFigure(`live heap of ${idle}`, "KB", ({ heapKb }) => heapKb, 10, limits.memory),
    toFigure(`memory of ${idle}, after a collection`, "KB", ({ rssKb }) => rssKb),
    toFigure(
      `processor while ${streamCount} streams are idle`,
      "% of a core",
      (one) => one.percent,
      4,
      limits.idle,
    ),
    toFigure(
      `event to ${streamCount} streams, first reader to 99th percentile`,
      "ms",
      ({ fanOutMs }) => fanOutMs,
      { ofPeer: 1 },
      limits.event,
    ),
    toFigure("processor time for opening a stream", "ms", ({ openMs }) => openMs),
    toFigure(`${streamCount} streams come back`, "s", (one) => one.backSeconds, 6, limits.back),
  ]
}

/** What was tried for goals that are hard to reach, and what limits them. */
const limits = {
  memory:
    "Tried: letting go of the request, its session and all that middleware hung on it once a stream is open. Tried too: one timer for all heartbeats, and letting go of the head that has left, of loggers and of closures. What is left beside Node's socket, parser, request and response are the subscriptions and the rights of each reader.",
  event:
    "The bytes of an event are made once; each stream is then written to in turn, after its reader's rights were checked. The peer writes alone.",
  idle: "Each stream gets a heartbeat every 25 seconds and news of polls, which is 10,000 writes each. The peer writes nothing. Tried: a list of followed sessions instead of streams, which took away a third, and heartbeats in one go, which changed nothing.",
  back: "Each stream goes through session, rights, limits and the check of its claims, one after the other on one thread.",
}
