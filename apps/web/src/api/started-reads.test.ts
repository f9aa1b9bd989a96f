import { apiUrls } from "@peering-desk/shared-schemas"
import { http, HttpResponse } from "msw"
import { setupServer } from "msw/node"
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest"
import { hasFields } from "./answer.ts"
import { createQueryClient } from "./query-client.ts"
import { applyStreamEvent } from "./peerings/peering-cache.ts"
import { readListAgain } from "./peerings/peering-list.ts"
import { readAgainJson, readJson, sendJson } from "./http.ts"
import { isReadStarted, takeStartedRead } from "./started-reads.ts"

const url = "http://localhost:3000/api/fruit"
const isFruit = hasFields<{ name: string }>("name")
const server = setupServer()
let heard: Headers[] = []

beforeAll(() => server.listen({ onUnhandledRequest: "error" }))
beforeEach(() => {
  heard = []
  // The page has just been opened.
  vi.spyOn(performance, "now").mockReturnValue(5)
  document.head.innerHTML = `<link rel="preload" as="fetch" crossorigin href="${url}"><link rel="preload" as="style" href="${url}">`
})
afterEach(() => {
  document.head.innerHTML = ""
  vi.restoreAllMocks()
  server.resetHandlers()
})
afterAll(() => server.close())

/** Answers with a fruit and its mark, and with 304 to who knows the mark. */
function answerFruit(name: string): void {
  server.use(
    http.get(url, ({ request: { headers } }) => {
      heard.push(headers)
      const etag = `W/"${name}"`
      if (headers.get("if-none-match") === etag) return new HttpResponse(null, { status: 304 })
      return HttpResponse.json({ name }, { headers: { etag } })
    }),
  )
}

test("a read that the HTML started is taken once, by a request without added headers", async () => {
  answerFruit("plum")
  expect(isReadStarted(url)).toBe(true)
  await readJson({ url, isAnswer: isFruit })
  await readJson({ url, isAnswer: isFruit })
  expect(isReadStarted(url)).toBe(false)
  expect(heard.map((headers) => headers.get("accept"))).toEqual([
    null,
    "application/json, application/problem+json",
  ])
})

test("a read that the HTML started is too old once the page has been open for a while", () => {
  vi.spyOn(performance, "now").mockReturnValue(10_001)
  expect(takeStartedRead(url)).toBe(false)
  vi.spyOn(performance, "now").mockReturnValue(5)
  expect(takeStartedRead(url)).toBe(false)
})

test("a read that the HTML started and nobody took is too old after a change by this page", async () => {
  server.use(http.post(url, () => HttpResponse.json({ name: "pear" })))
  await sendJson({ url, method: "POST", isAnswer: isFruit })
  expect(isReadStarted(url)).toBe(false)
})

test("reads that the HTML started are too old once the stream can't continue from the list, or brought a change", () => {
  const list = apiUrls.peerings("p")
  document.head.innerHTML = `<link rel="preload" as="fetch" href="${list}"><link rel="preload" as="fetch" href="${url}">`
  readListAgain(createQueryClient(), { projectId: "p", lastEventId: "" })
  expect(isReadStarted(list)).toBe(false)
  expect(isReadStarted(url)).toBe(true)
  const gone = { projectId: "p", providerName: "AWS", id: "a", at: "2026-11-24T10:00:00.000Z" } as const
  applyStreamEvent(createQueryClient(), { event: "gone", data: gone })
  expect(isReadStarted(url)).toBe(false)
})

test("readAgainJson returns the same value while the server says that it did not change", async () => {
  answerFruit("plum")
  const first = await readAgainJson({ url, isAnswer: isFruit })
  expect(await readAgainJson({ url, isAnswer: isFruit })).toBe(first)
  expect(heard.map((headers) => headers.get("if-none-match"))).toEqual([null, 'W/"plum"'])

  answerFruit("pear")
  expect(await readAgainJson({ url, isAnswer: isFruit })).toEqual({ name: "pear" })
  expect(await readAgainJson({ url, isAnswer: isFruit })).toEqual({ name: "pear" })
})
