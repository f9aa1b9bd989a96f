import { readFile } from "node:fs/promises"
import type { Socket } from "node:net"
import { repeat, type Clock } from "#base/clock.ts"

/** Counts the bytes that peers have not acknowledged, by connection (see `toConnectionKey`); connections without any are left out. */
export type ReadUnacknowledged = () => Promise<Map<string, number>>

const lookEveryMs = 10_000
const goneAfterMs = 20_000

interface Followed {
  socket: Socket
  disconnect: () => void
}

/** The bytes that a peer has acknowledged so far, while more wait, and since when it is no more. */
interface Stalled {
  acknowledged: number
  since: number
}

/**
 * Finds connections whose peer vanished without a word: a closed laptop, a router that forgot. What we write to it goes into the
 * kernel's buffer, and TCP gives up after a quarter of an hour. A peer that acknowledged nothing for 20 s, while something waits for
 * it, is let go: 55 s at most after it vanished, with a heartbeat every 25 s and a look every 10 s.
 */
export class DeadConnections {
  readonly #clock: Clock
  readonly #readUnacknowledged: ReadUnacknowledged
  readonly #followed = new Map<string, Followed>()
  #stalled = new Map<string, Stalled>()
  #stopLooking: (() => void) | null = null

  constructor(clock: Clock, readUnacknowledged: ReadUnacknowledged = readKernelTables) {
    this.#clock = clock
    this.#readUnacknowledged = readUnacknowledged
  }

  /** Calls back once if the peer falls silent, until the returned function is called. */
  follow(socket: Socket, disconnect: () => void): () => void {
    const key = toConnectionKey(socket)
    this.#followed.set(key, { socket, disconnect })
    this.#stalled.delete(key)
    this.#stopLooking ??= repeat(this.#clock, lookEveryMs, () => this.#look())
    return () => {
      this.#followed.delete(key)
      this.#stopIfUnused()
    }
  }

  #stopIfUnused(): void {
    if (this.#followed.size > 0) return
    this.#stopLooking?.()
    this.#stopLooking = null
  }

  async #look(): Promise<void> {
    const unacknowledged = await this.#readUnacknowledged()
    const now = this.#clock.elapsed()
    const stalled = new Map<string, Stalled>()
    for (const [key, waiting] of unacknowledged) {
      const one = this.#followed.get(key)
      // What has not left our own buffer is a reader that takes nothing, which its stream notices.
      if (one === undefined || waiting === 0 || one.socket.writableLength > 0) continue
      const acknowledged = one.socket.bytesWritten - waiting
      const before = this.#stalled.get(key)
      const since = before?.acknowledged === acknowledged ? before.since : now
      if (now - since < goneAfterMs) stalled.set(key, { acknowledged, since })
      else {
        this.#followed.delete(key)
        one.disconnect()
      }
    }
    this.#stalled = stalled
    this.#stopIfUnused()
  }
}

/** Names a connection by our port and the peer's address and port. */
export function toConnectionKey({ localPort, remoteAddress, remotePort }: Socket): string {
  return `${localPort} ${remoteAddress?.replace(/^::ffff:/, "")} ${remotePort}`
}

/** Reads Linux's tables of connections (proc(5)); elsewhere nothing is known of unacknowledged bytes, and TCP itself has to give up. */
export async function readKernelTables(): Promise<Map<string, number>> {
  const tables = await Promise.all(
    ["/proc/self/net/tcp", "/proc/self/net/tcp6"].map((path) => readFile(path, "latin1").catch(() => "")),
  )
  return new Map(tables.flatMap(parseConnectionTable))
}

/** Parses `/proc/net/tcp` or `/proc/net/tcp6`. */
export function parseConnectionTable(table: string): [string, number][] {
  return [...table.matchAll(unacknowledgedRow)].map(toEntry)
}

/** A row of an established connection (01) with bytes in the queue to send. */
const unacknowledgedRow =
  /^ *\d+: [0-9A-F]+:([0-9A-F]{4}) ([0-9A-F]+):([0-9A-F]{4}) 01 (?!0{8}:)([0-9A-F]{8}):/gm

function toEntry([, localPort = "", address = "", remotePort = "", waiting = ""]: RegExpExecArray): [
  string,
  number,
] {
  const [ours, theirs, count] = [localPort, remotePort, waiting].map((text) => Number.parseInt(text, 16))
  return [`${ours} ${toAddress(address)} ${theirs}`, count ?? 0]
}

/** Linux prints an address as words of four bytes in the order of the processor, the last byte first here. */
function toAddress(hex: string): string {
  const bytes = (hex.match(/.{8}/g) ?? []).flatMap((word) =>
    (word.match(/../g) ?? []).toReversed().map((byte) => Number.parseInt(byte, 16)),
  )
  const isMapped = bytes.length === 16 && bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 255
  if (bytes.length === 4 || isMapped) return bytes.slice(-4).join(".")
  const groups = Array.from({ length: 8 }, (_, index) =>
    (((bytes[2 * index] ?? 0) << 8) | (bytes[2 * index + 1] ?? 0)).toString(16),
  )
  // The URL standard writes an address as Node does, with its longest run of zeros left out.
  return new URL(`http://[${groups.join(":")}]`).hostname.slice(1, -1)
}
