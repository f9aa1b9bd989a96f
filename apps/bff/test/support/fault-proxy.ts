import { connect, createServer, type AddressInfo, type Socket } from "node:net"

/** The fate of a request: nothing, a cut in the middle of it or of its answer, or silence until the asker gives up. */
interface FaultShares {
  cutRequest: number
  cutAnswer: number
  swallowAnswer: number
}

export interface FaultProxyOptions {
  /** Where the requests go. */
  origin: string
  /** From 0 up to 1; the same numbers make the same faults. */
  random: () => number
  /** Which share of the requests of each method gets which fault; the others pass. */
  faults: Record<string, FaultShares>
}

export interface FaultProxy {
  origin: string
  /** The number of requests by method and fault. */
  counts: Record<string, Record<keyof FaultShares | "none", number>>
  close: () => Promise<void>
}

// A request of ours and a short answer have about so many bytes; a cut after the end of one hits nothing.
const mostBytes = 900

/** A TCP proxy that knows of HTTP only where a request begins, and breaks connections after a random number of bytes. */
export async function openFaultProxy({ origin, random, faults }: FaultProxyOptions): Promise<FaultProxy> {
  const target = new URL(origin)
  const counts: FaultProxy["counts"] = {}
  const sockets = new Set<Socket>()
  const server = createServer((asker) => {
    const answerer = connect(Number(target.port), target.hostname)
    const both = [asker, answerer]
    const cut = () => {
      for (const socket of both) socket.destroy()
    }
    let requestBytesLeft = Number.POSITIVE_INFINITY
    let answerBytesLeft = Number.POSITIVE_INFINITY

    for (const socket of both) {
      sockets.add(socket)
      socket.setNoDelay(true)
      socket.on("error", cut)
      socket.on("close", () => {
        sockets.delete(socket)
        // What the asker had sent before it died is on its way all the same.
        if (socket === asker) answerer.end()
        else asker.destroy()
      })
    }
    asker.on("data", (bytes) => {
      const method = /^[A-Z]+(?= \/)/.exec(bytes.subarray(0, 10).toString("latin1"))?.[0]
      if (method !== undefined) {
        const fault = draw(method)
        requestBytesLeft = fault === "cutRequest" ? Math.floor(random() * mostBytes) : requestBytesLeft
        answerBytesLeft = fault === "cutAnswer" ? Math.floor(random() * mostBytes) : answerBytesLeft
        if (fault === "swallowAnswer") answerBytesLeft = Number.NaN
      }
      answerer.write(bytes.subarray(0, Math.min(requestBytesLeft, bytes.length)))
      if (bytes.length > requestBytesLeft) answerer.end(() => cut())
      requestBytesLeft -= bytes.length
    })
    answerer.on("data", (bytes) => {
      if (Number.isNaN(answerBytesLeft)) return
      asker.write(bytes.subarray(0, Math.min(answerBytesLeft, bytes.length)))
      if (bytes.length > answerBytesLeft) asker.end(() => cut())
      answerBytesLeft -= bytes.length
    })
  })

  function draw(method: string): keyof FaultShares | "none" {
    const shares = faults[method] ?? { cutRequest: 0, cutAnswer: 0, swallowAnswer: 0 }
    let drawn = random()
    let fault: keyof FaultShares | "none" = "none"
    for (const name of ["cutRequest", "cutAnswer", "swallowAnswer"] as const) {
      if (drawn >= 0 && drawn < shares[name]) fault = name
      drawn -= shares[name]
    }
    const count = (counts[method] ??= { cutRequest: 0, cutAnswer: 0, swallowAnswer: 0, none: 0 })
    count[fault] += 1
    return fault
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    counts,
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Numbers from 0 up to 1, the same for the same seed (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
