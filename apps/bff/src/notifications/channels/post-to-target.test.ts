import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { openReceiver, type Receiver } from "#test/support/receiver.ts"
import { createTestingClock, type TestingClock } from "#test/support/test-clock.ts"
import { findAddressMistake, postToTarget, type Resolve } from "./post-to-target.ts"

let receiver: Receiver
let clock: TestingClock
beforeEach(async () => {
  receiver = await openReceiver()
  clock = createTestingClock()
})
afterEach(() => receiver.close())

interface Options {
  resolve?: Resolve
  insideHosts?: readonly string[]
}

function post(url: string, { resolve = () => Promise.resolve([]), insideHosts = [] }: Options = {}) {
  return postToTarget({ url, headers: {}, body: "{}" }, { resolve, insideHosts, clock })
}

const here = ["127.0.0.1"]
const port = () => new URL(receiver.origin).port

describe("no request", () => {
  const named: [string, string[]][] = [
    ["loopback", ["127.0.0.1"]],
    ["another loopback address", ["127.8.8.8"]],
    ["IPv6 loopback", ["::1"]],
    ["IPv4-mapped loopback", ["::ffff:127.0.0.1"]],
    ["IPv4-mapped loopback in hexadecimal", ["::ffff:7f00:1"]],
    ["an IPv4-mapped public address", ["::ffff:8.8.8.8"]],
    ["an IPv4-compatible address", ["::127.0.0.1"]],
    ["NAT64 of a private address", ["64:ff9b::a00:1"]],
    ["6to4 of a private address", ["2002:a00:1::"]],
    ["Teredo", ["2001:0:1::"]],
    ["the unspecified address", ["0.0.0.0"]],
    ["the unspecified IPv6 address", ["::"]],
    ["10/8", ["10.1.2.3"]],
    ["172.16/12", ["172.31.255.254"]],
    ["192.168/16", ["192.168.1.1"]],
    ["carrier-grade NAT", ["100.64.0.1"]],
    ["the metadata of a cloud", ["169.254.169.254"]],
    ["the metadata of AWS by IPv6", ["fd00:ec2::254"]],
    ["Azure's platform", ["168.63.129.16"]],
    ["IPv6 link-local", ["fe80::1"]],
    ["IPv6 unique-local", ["fc00::1"]],
    ["multicast", ["224.0.0.1"]],
    ["IPv6 multicast", ["ff02::1"]],
    ["broadcast", ["255.255.255.255"]],
    ["documentation", ["203.0.113.7"]],
    ["one private address among public ones", ["8.8.8.8", "10.0.0.1"]],
  ]
  test.each(named)("goes to a name that resolves to %s", async (_, addresses) => {
    const outcome = await post(`https://target.example:${port()}/hook`, {
      resolve: () => Promise.resolve(addresses),
    })
    expect(outcome).toMatchObject({ ok: false, answer: expect.stringContaining("not public") as string })
    expect(receiver.connections()).toBe(0)
  })

  test.each([
    "https://127.0.0.1/",
    "https://2130706433/",
    "https://0x7f.1/",
    "https://0177.0.0.1/",
    "https://127.1/",
    "https://[::1]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[fe80::1]/",
    "https://169.254.169.254/latest/meta-data",
    "http://target.example/",
    "http://127.0.0.1/",
    "ftp://target.example/",
    "file:///etc/passwd",
    "https://user:password@target.example/",
    "not an address",
  ])("goes to %s", async (url) => {
    expect(findAddressMistake(url, [])).not.toBeNull()
    expect(await post(url, { resolve: () => Promise.reject(new Error("must not be asked")) })).toMatchObject({
      ok: false,
    })
  })

  test("goes to a private address of a name that led elsewhere a moment ago", async () => {
    const answers = [["203.0.114.7"], ["127.0.0.1"], ["169.254.169.254"]]
    const resolve: Resolve = () => Promise.resolve(answers.shift() ?? [])
    const url = `https://target.example:${port()}/`
    const first = post(url, { resolve })
    clock.advance(10_000)
    expect(await first).toMatchObject({ ok: false })
    for (let attempt = 0; attempt < 2; attempt += 1)
      expect(await post(url, { resolve })).toMatchObject({
        answer: expect.stringContaining("not public") as string,
      })
    expect(receiver.connections()).toBe(0)
  })
})

test("a target is connected to at the address that was checked, also when its name resolves to another one by then", async () => {
  const elsewhere = await openReceiver("127.0.0.2")
  const asked: string[] = []
  const outcome = await post(`http://localhost:${new URL(elsewhere.origin).port}/hook`, {
    insideHosts: ["localhost"],
    resolve(host) {
      asked.push(host)
      return Promise.resolve(["127.0.0.2"])
    },
  })
  expect(outcome).toEqual({ ok: true, answer: "HTTP 204" })
  expect([asked, elsewhere.received.length]).toEqual([["localhost"], 1])
  await elsewhere.close()
})

describe("a target that does not take the message", () => {
  test.each([
    [500, {}, { ok: false, answer: "HTTP 500" }],
    [404, {}, { ok: false, answer: "HTTP 404" }],
    [410, {}, { ok: false, answer: "HTTP 410", gone: true }],
    [429, { "retry-after": "90" }, { ok: false, answer: "HTTP 429", retryAfterMs: 90_000 }],
    [503, { "retry-after": "999999" }, { ok: false, answer: "HTTP 503", retryAfterMs: 3_600_000 }],
    [
      503,
      { date: "Thu, 15 Jan 2026 12:00:00 GMT", "retry-after": "Thu, 15 Jan 2026 12:01:30 GMT" },
      { ok: false, answer: "HTTP 503", retryAfterMs: 90_000 },
    ],
    [503, { "retry-after": "Thu, 15 Jan 2015 12:01:30 GMT" }, { ok: false, answer: "HTTP 503" }],
  ])("answers %i with %j", async (status, headers, outcome) => {
    receiver.answer((response) => void response.writeHead(status, headers).end("why"))
    expect(await post(receiver.origin, { insideHosts: here })).toEqual(outcome)
  })

  test("redirects, and is not followed", async () => {
    receiver.answer((response) => void response.writeHead(302, { location: `${receiver.origin}/next` }).end())
    expect(await post(receiver.origin, { insideHosts: here })).toMatchObject({
      ok: false,
      answer: expect.stringContaining("redirects are not followed") as string,
    })
    expect(receiver.received.map(({ path }) => path)).toEqual(["/"])
  })

  test("keeps the connection open for 30 seconds without an answer", async () => {
    receiver.answer(() => undefined)
    const posted = post(receiver.origin, { insideHosts: here })
    await receiver.until(1)
    clock.advance(10_000)
    expect(await posted).toEqual({ ok: false, answer: "The target did not answer within 10 seconds" })
  })

  test("resolves its name for 30 seconds", async () => {
    const posted = post("https://target.example/", { resolve: () => new Promise(() => undefined) })
    clock.advance(10_000)
    expect(await posted).toMatchObject({ answer: "The target did not answer within 10 seconds" })
  })

  test("is down", async () => {
    const { origin } = receiver
    await receiver.close()
    expect(await post(origin, { insideHosts: here })).toEqual({
      ok: false,
      answer: "The target was not reached (ECONNREFUSED)",
    })
    receiver = await openReceiver()
  })

  test("speaks no TLS", async () => {
    const url = receiver.origin.replace("http:", "https:")
    expect(await post(url, { insideHosts: here })).toEqual({
      ok: false,
      answer: expect.stringMatching(/^TLS with the target failed \((EPROTO|ERR_SSL_[A-Z_]+)\)$/) as string,
    })
  })

  test("answers with a body that never ends, of which nothing is read", async () => {
    receiver.answer((response) => {
      response.writeHead(200)
      const write = (): void => {
        while (response.write("x".repeat(65_536)));
        response.once("drain", write)
      }
      write()
    })
    expect(await post(receiver.origin, { insideHosts: here })).toEqual({ ok: true, answer: "HTTP 200" })
  })
})
