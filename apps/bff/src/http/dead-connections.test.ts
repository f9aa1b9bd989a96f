import { once } from "node:events"
import { connect, createServer, type AddressInfo, type Socket } from "node:net"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { createDeskClock } from "#test/support/test-app-clock.ts"
import {
  parseConnectionTable,
  readKernelTables,
  DeadConnections,
  toConnectionKey,
} from "./dead-connections.ts"

describe.runIf(process.platform === "linux")("DeadConnections", { timeout: 60_000 }, () => {
  const part = Buffer.alloc(64 * 1024)
  let ours: Socket
  let theirs: Socket
  const server = createServer()
  beforeEach(async () => {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
    theirs = connect((server.address() as AddressInfo).port, "127.0.0.1")
    ;[ours] = (await once(server, "connection")) as [Socket]
    theirs.pause()
  })
  afterEach(() => {
    for (const socket of [ours, theirs]) socket.destroy()
    server.close()
  })

  /** Returns how much of ours the peer's kernel has no room for, once that no longer changes. */
  async function settle(): Promise<number> {
    let last = -1
    const isSettled = async () => {
      const before = last
      last = (await readKernelTables()).get(toConnectionKey(ours)) ?? 0
      return last === before
    }
    await expect.poll(isSettled, { interval: 100, timeout: 20_000 }).toBe(true)
    return last
  }

  /** Writes until the kernel holds much for the peer, and our own buffer nothing. */
  async function fill(): Promise<void> {
    while ((await settle()) < 2 * part.length)
      for (let left = 6; left > 0; left -= 1) await new Promise((resolve) => ours.write(part, resolve))
  }

  test("a peer that acknowledges nothing for 20 s is let go, and one that takes bytes again is not", async () => {
    const clock = createDeskClock()
    const peers = new DeadConnections(clock)
    let disconnect = 0
    peers.follow(ours, () => (disconnect += 1))
    const look = async () => {
      clock.advance(10_000)
      await expect.poll(() => disconnect === 1 || clock.waiting().includes(10_000)).toBe(true)
    }
    await fill()
    for (let looks = 1; looks <= 2; looks += 1) await look()
    theirs.resume()
    await expect.poll(async () => (await readKernelTables()).has(toConnectionKey(ours))).toBe(false)
    await look()
    theirs.pause()
    await fill()
    for (let looks = 1; looks <= 2; looks += 1) await look()
    expect(disconnect).toBe(0)
    // The peer's kernel may have made some room between two of them.
    for (let looks = 3; looks <= 12 && disconnect === 0; looks += 1) await look()
    expect(disconnect).toBe(1)
    await expect.poll(() => clock.waiting()).toEqual([])
  })

  test("a peer that is no longer followed leaves no timer", () => {
    const clock = createDeskClock()
    const unfollow = new DeadConnections(clock).follow(ours, () => {})
    expect(clock.waiting()).toEqual([10_000])
    unfollow()
    expect(clock.waiting()).toEqual([])
  })
})

test("rows of established connections with waiting bytes are read, for IPv4, mapped IPv4 and IPv6", () => {
  const table = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1 1 0
   1: 0100007F:1F90 0200000A:C350 01 0000000D:00000000 01:00000014 00000003     0        0 2 1 0
   2: 0100007F:1F90 0300000A:C350 01 00000000:00000000 01:00000014 00000003     0        0 3 1 0
   3: 0100007F:1F90 0300000A:C351 06 0000000D:00000000 01:00000014 00000003     0        0 4 1 0
   4: 0000000000000000FFFF00000100007F:1F90 0000000000000000FFFF00000400000A:C352 01 00000010:00000000 01:00000014 00000003 0 0 5 1 0
   5: B80D0120000000000000000001000000:1F90 B80D0120000000000000000002000000:C353 01 00000100:00000000 01:00000014 00000003 0 0 6 1 0
`
  expect(parseConnectionTable(table)).toEqual([
    ["8080 10.0.0.2 50000", 13],
    ["8080 10.0.0.4 50002", 16],
    ["8080 2001:db8::2 50003", 256],
  ])
})
