import { connect, createServer, type AddressInfo, type NetConnectOpts, type Socket } from "node:net"

/** What befalls one connection. Bytes count from the moment at which it begins. */
export type Fault =
  /** The rest of what the asker sends is lost, and both sides end. */
  | { kind: "cut-request"; afterBytes: number }
  /** The rest of the answer is lost, and both sides end. */
  | { kind: "cut-answer"; afterBytes: number }
  /** As `cut-answer`, but the asker gets a reset (RST). */
  | { kind: "reset"; afterBytes: number }
  /** Nothing comes back any more, and the connection stays open. */
  | { kind: "half-open" }
  /** Both directions take longer. */
  | { kind: "latency"; ms: number }
  /** What the asker sends from here on waits. */
  | { kind: "hold"; until: Promise<void> }
  /** The answer comes in small pieces. */
  | { kind: "drip"; bytes: number; everyMs: number }

/** What befalls all connections: new ones are refused, or all are taken and nothing passes. */
export type Outage = "refused" | "black-hole"

export interface FaultProxyOptions {
  /** Where the bytes go: an HTTP origin, or a port or socket. */
  target: string | NetConnectOpts
  /** Called with each piece that an asker sends, to begin a fault there. */
  draw?: (bytes: Buffer) => Fault | null
}

export interface FaultProxy {
  port: number
  origin: string
  /** The number of connections so far, refused ones included. */
  connections: () => number
  /** Begins an outage, or ends it: connections from then are lost. */
  setOutage: (outage: Outage | null) => void
  /** Leads to another target from now on. Connections to the one before are lost. */
  leadTo: (target: string | NetConnectOpts) => void
  close: () => Promise<void>
}

interface Link {
  asker: Socket
  answerer: Socket
}

/** A TCP proxy that breaks connections. It knows nothing of what passes. */
export async function openFaultProxy({ target, draw = () => null }: FaultProxyOptions): Promise<FaultProxy> {
  const links = new Set<Link>()
  let outage: Outage | null = null
  let to = target
  let connections = 0
  const server = createServer((asker) => {
    connections += 1
    asker.on("error", () => asker.destroy())
    if (outage === "refused") {
      asker.resetAndDestroy()
      return
    }
    const link = { asker, answerer: connect(toConnectOptions(to)) }
    links.add(link)
    asker.on("close", () => links.delete(link))
    join(link, draw, () => outage === "black-hole")
  })
  const breakAll = () => {
    for (const { asker, answerer } of links) {
      asker.resetAndDestroy()
      answerer.destroy()
    }
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const { port } = server.address() as AddressInfo
  return {
    port,
    origin: `http://127.0.0.1:${port}`,
    connections: () => connections,
    setOutage(next) {
      if (next !== "black-hole") breakAll()
      outage = next
    },
    leadTo(next) {
      to = next
      breakAll()
    },
    async close() {
      breakAll()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function toConnectOptions(target: string | NetConnectOpts): NetConnectOpts {
  if (typeof target !== "string") return target
  const { hostname, port } = new URL(target)
  return { host: hostname, port: Number(port) }
}

function join({ asker, answerer }: Link, draw: (bytes: Buffer) => Fault | null, isLost: () => boolean): void {
  let fault: Fault | null = null
  let bytesLeft = Number.POSITIVE_INFINITY
  let held = 0
  let isAnswered = false
  const cut = () => {
    asker.destroy()
    answerer.destroy()
  }
  for (const socket of [asker, answerer]) {
    socket.setNoDelay(true)
    socket.on("error", cut)
  }
  const endIfAnswered = () => {
    if (isAnswered && held === 0 && fault?.kind !== "half-open") asker.end(cut)
  }
  // What the asker had sent before it died is on its way all the same.
  asker.on("close", () => answerer.end())
  answerer.on("close", () => {
    isAnswered = true
    endIfAnswered()
  })
  const passLater = (bytes: Buffer, to: Socket, ms: number) => {
    held += 1
    setTimeout(() => {
      held -= 1
      if (to.writable) to.write(bytes)
      endIfAnswered()
    }, ms)
  }
  const passAfter = async (bytes: Buffer, to: Socket, until: Promise<void>) => {
    held += 1
    await until
    held -= 1
    if (to.writable) to.write(bytes)
    endIfAnswered()
  }
  const pass = (bytes: Buffer, to: Socket) => {
    if (fault?.kind === "latency") passLater(bytes, to, fault.ms)
    else if (fault?.kind === "hold") void passAfter(bytes, to, fault.until)
    else if (to.writable) to.write(bytes)
  }
  asker.on("data", (bytes) => {
    if (isLost()) return
    const begun = draw(bytes)
    if (begun !== null) {
      fault = begun
      bytesLeft = "afterBytes" in begun ? begun.afterBytes : Number.POSITIVE_INFINITY
    }
    if (fault?.kind !== "cut-request") return pass(bytes, answerer)
    if (bytesLeft > 0) answerer.write(bytes.subarray(0, bytesLeft))
    bytesLeft -= bytes.length
    if (bytesLeft < 0) answerer.end(cut)
  })
  answerer.on("data", (bytes) => {
    if (isLost() || fault?.kind === "half-open") return
    if (fault?.kind === "drip") {
      for (let from = 0; from < bytes.length; from += fault.bytes)
        passLater(bytes.subarray(from, from + fault.bytes), asker, (from / fault.bytes) * fault.everyMs)
      return
    }
    if (fault?.kind !== "cut-answer" && fault?.kind !== "reset") return pass(bytes, asker)
    if (bytesLeft > 0) asker.write(bytes.subarray(0, bytesLeft))
    bytesLeft -= bytes.length
    if (bytesLeft >= 0) return
    if (fault.kind === "reset") asker.resetAndDestroy()
    else asker.end(cut)
  })
}

/** Faults that are drawn at random; "hold" needs an end. */
type DrawnKind = Exclude<Fault["kind"], "hold">
/** A share of requests for each fault; the others pass. */
type Shares = Partial<Record<DrawnKind, number>>

// A request of ours and a short answer have about so many bytes; a cut after the end of one hits nothing.
const mostBytes = 900

/** Makes the function that draws a fault where an HTTP request begins, by its method. The same numbers make the same faults. */
export function drawByMethod(
  random: () => number,
  faults: Readonly<Record<string, Shares>>,
): (bytes: Buffer) => Fault | null {
  return (bytes) => {
    const method = /^[A-Z]+(?= \/)/.exec(bytes.subarray(0, 10).toString("latin1"))?.[0]
    return method === undefined ? null : drawFault(random, faults[method] ?? {})
  }
}

/** Draws a fault, or none. */
export function drawFault(random: () => number, shares: Shares): Fault | null {
  let drawn = random()
  for (const [kind, share] of Object.entries(shares) as [DrawnKind, number][]) {
    if (drawn < share) return toFault(kind, random)
    drawn -= share
  }
  return null
}

function toFault(kind: DrawnKind, random: () => number): Fault {
  switch (kind) {
    case "cut-request":
    case "cut-answer":
    case "reset":
      return { kind, afterBytes: Math.floor(random() * mostBytes) }
    case "half-open":
      return { kind }
    case "latency":
      return { kind, ms: Math.floor(random() * 2_000) }
    case "drip":
      return { kind, bytes: 200, everyMs: Math.floor(random() * 50) }
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
