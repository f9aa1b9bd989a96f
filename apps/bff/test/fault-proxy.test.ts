import { createServer, type AddressInfo, connect } from "node:net"
import { text } from "node:stream/consumers"
import { afterEach, beforeEach, expect, test } from "vitest"
import { openFaultProxy, type Fault } from "#test/support/fault-proxy.ts"

const answer = "0123456789"
const server = createServer((socket) => {
  socket.on("error", () => undefined)
  socket.on("data", () => socket.end(answer))
})
let target = ""
beforeEach(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  target = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterEach(() => new Promise((resolve) => server.close(resolve)))

/** Asks through a proxy with a fault, and returns what comes back, or the code of the error. */
async function askThrough(fault: Fault | null, outage: "refused" | null = null): Promise<string> {
  const proxy = await openFaultProxy({ target, draw: () => fault })
  proxy.setOutage(outage)
  const socket = connect(proxy.port, "127.0.0.1")
  socket.write("a question")
  const came = await text(socket).catch((error: NodeJS.ErrnoException) => error.code ?? "")
  await proxy.close()
  return came
}

test.each<[Fault | null, string]>([
  [null, answer],
  [{ kind: "cut-request", afterBytes: 0 }, ""],
  [{ kind: "cut-answer", afterBytes: 4 }, "0123"],
  [{ kind: "latency", ms: 1 }, answer],
  [{ kind: "drip", bytes: 3, everyMs: 1 }, answer],
])("a fault proxy does to a connection what %o says", async (fault, expected) => {
  expect(await askThrough(fault)).toBe(expected)
})

test("a fault proxy resets a connection, and refuses it during an outage", async () => {
  expect(await askThrough({ kind: "reset", afterBytes: 0 })).toBe("ECONNRESET")
  expect(await askThrough(null, "refused")).toBe("ECONNRESET")
})

test("a fault proxy holds a half-open connection open without an answer", async () => {
  const proxy = await openFaultProxy({ target, draw: () => ({ kind: "half-open" }) })
  const socket = connect(proxy.port, "127.0.0.1")
  socket.write("a question")
  await expect.poll(() => proxy.connections()).toBe(1)
  expect(socket.destroyed).toBe(false)
  await proxy.close()
  expect(await text(socket).catch(() => "")).toBe("")
})

test("a fault proxy keeps what it holds back, and passes it on once it may", async () => {
  let release = () => {}
  const until = new Promise<void>((resolve) => (release = resolve))
  let drawn = 0
  const proxy = await openFaultProxy({
    target,
    draw() {
      drawn += 1
      return { kind: "hold", until }
    },
  })
  const socket = connect(proxy.port, "127.0.0.1")
  socket.write("a question")
  await expect.poll(() => drawn).toBe(1)
  expect(socket.bytesRead).toBe(0)
  release()
  expect(await text(socket)).toBe(answer)
  await proxy.close()
})
