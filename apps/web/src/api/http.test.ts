import { requestedByHeader, type Problem } from "@peering-desk/shared-schemas"
import { http, HttpResponse } from "msw"
import { setupServer } from "msw/node"
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest"
import { hasFields } from "./answer.ts"
import { readAgainJson, readJson, sendJson } from "./http.ts"
import { RequestError } from "./request-error.ts"
import { onSimulatedTime } from "./simulated-time.ts"

interface Fruit {
  name: string
}

const isFruit = hasFields<Fruit>("name")
const url = "http://localhost:3000/fruit"
const read = () => readJson({ url, isAnswer: isFruit })
const server = setupServer()

beforeAll(() => server.listen({ onUnhandledRequest: "error" }))
afterEach(() => server.resetHandlers())
afterAll(() => server.close())

async function failureOf(call: Promise<unknown>) {
  const error = await call.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  return error instanceof RequestError ? error.failure : error
}

const problem: Problem = {
  type: "about:blank",
  title: "Atlas rejected the request",
  status: 422,
  code: "atlas_refused",
  requestId: "r-1",
}

test("answers move the page's clock to the server's while the browser's is hours wrong, and back once it is right", async () => {
  const right = Date.parse("2026-11-24T10:07:00.000Z")
  const hours = 3_600_000
  const aheads: number[] = []
  onSimulatedTime((ms) => aheads.push(ms))
  const readAt = (browser: number, ahead = 0) => {
    vi.useFakeTimers({ toFake: ["Date"], now: browser })
    const headers = { date: new Date(right + ahead).toUTCString() }
    server.use(http.get(url, () => HttpResponse.json({ name: "plum" }, { headers })))
    return read()
  }
  await readAt(right, 30_000)
  expect(aheads).toEqual([])
  await readAt(right + 5 * hours)
  await readAt(right + 5 * hours, 30_000)
  expect(aheads).toEqual([-5 * hours])
  await readAt(right)
  expect(aheads).toEqual([-5 * hours, 0])
  vi.useRealTimers()
})

describe("a call to the server", () => {
  test("gives the answer, with fields that this version does not know", async () => {
    server.use(http.get(url, () => HttpResponse.json({ name: "plum", stone: true })))
    expect(await read()).toEqual({ name: "plum", stone: true })
  })

  test("a write says that a script of ours sends it", async () => {
    server.use(
      http.post(url, async ({ request }) =>
        HttpResponse.json({
          name: request.headers.get(requestedByHeader),
          extra: request.headers.get("idempotency-key"),
          body: await request.json(),
        }),
      ),
    )
    const sent = sendJson({
      url,
      isAnswer: isFruit,
      method: "POST",
      body: { a: 1 },
      headers: { "idempotency-key": "k" },
    })
    expect(await sent).toEqual({ name: "1", extra: "k", body: { a: 1 } })
  })

  test("a problem comes through whole", async () => {
    server.use(http.get(url, () => HttpResponse.json(problem, { status: 422 })))
    expect(await failureOf(read())).toEqual({ reason: "refused", problem })
  })

  test("no connection is told from a problem", async () => {
    server.use(http.get(url, () => HttpResponse.error()))
    expect(await failureOf(read())).toEqual({ reason: "unreachable", isChange: false })
  })

  test.each([
    ["a web page in place of an answer", 200, "<!doctype html><title>Sign in to the café</title>"],
    ["nothing at all", 200, ""],
    ["JSON of somebody else", 200, '{"weather":"fine"}'],
    ["JSON that is no object", 200, "null"],
    ["a gateway's error page", 502, "<h1>Bad gateway</h1>"],
    ["an error that is no problem of ours", 500, '{"error":"boom"}'],
  ])("%s is unreadable", async (_what, status, body) => {
    server.use(http.get(url, () => new HttpResponse(body, { status })))
    expect(await failureOf(read())).toEqual({ reason: "unreadable", isChange: false, status })
  })

  test.each([
    ["that is never answered", () => new Promise<Response>(() => undefined)],
    ["whose answer stops half-way", () => new HttpResponse(new ReadableStream<Uint8Array>())],
  ])("one %s is given up after 90 seconds", async (_what, answer) => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] })
    let failure: Promise<unknown> | undefined
    await new Promise<void>((resolve) => {
      server.use(http.get(url, () => (resolve(), answer())))
      failure = failureOf(read())
    })
    vi.advanceTimersByTime(90_000)
    expect(await failure).toEqual({ reason: "unreachable", isChange: false })
    vi.useRealTimers()
  })

  test("given up by the caller, it throws the caller's own reason", async () => {
    server.use(http.get(url, () => new Promise<Response>(() => undefined)))
    const giveUp = new AbortController()
    const call = readJson({ url, isAnswer: isFruit, signal: giveUp.signal })
    giveUp.abort()
    expect(await failureOf(call)).toMatchObject({ name: "AbortError" })
  })
})

test("readAgainJson returns the same value while the server says that it did not change", async () => {
  const heard: (string | null)[] = []
  const serve = (name: string) =>
    server.use(
      http.get(url, ({ request: { headers } }) => {
        heard.push(headers.get("if-none-match"))
        const etag = `W/"${name}"`
        if (headers.get("if-none-match") === etag) return new HttpResponse(null, { status: 304 })
        return HttpResponse.json({ name }, { headers: { etag } })
      }),
    )
  serve("plum")
  const first = await readAgainJson({ url, isAnswer: isFruit })
  expect(await readAgainJson({ url, isAnswer: isFruit })).toBe(first)
  expect(heard).toEqual([null, 'W/"plum"'])

  serve("pear")
  expect(await readAgainJson({ url, isAnswer: isFruit })).toEqual({ name: "pear" })
  expect(await readAgainJson({ url, isAnswer: isFruit })).toEqual({ name: "pear" })
})
