import { routes } from "@peering-desk/shared-schemas"
import { Router } from "express"
import { afterAll, beforeAll, expect, test } from "vitest"
import { serveHandlers, type TestingServer } from "#test/support/server.ts"
import { compressAnswers } from "./compress-answers.ts"

const list = { peerings: Array.from({ length: 100 }, (_, id) => ({ id, status: "AVAILABLE" })) }
let server: TestingServer

beforeAll(async () => {
  const router = Router()
  router.use("/api", compressAnswers)
  router.get("/api/list", (_request, response) => void response.json(list))
  router.get("/api/small", (_request, response) => void response.json({ id: 1 }))
  router.get("/api/export", (_request, response) => {
    response.setHeader("Content-Type", "application/jsonl")
    response.end(`${JSON.stringify(list)}\n`.repeat(3))
  })
  router.get(routes.events.path, (_request, response) => {
    response.setHeader("Content-Type", "text/event-stream")
    response.write(`data: ${"x".repeat(5_000)}\n\n`)
    // It stays open, as a stream does.
  })
  server = await serveHandlers(router)
})
afterAll(() => server.close())

const get = (path: string, headers: Record<string, string>) => fetch(`${server.origin}${path}`, { headers })

test.each([
  ["/api/list", "br, gzip", "br"],
  ["/api/list", "gzip", "gzip"],
  ["/api/list", "identity", null],
  ["/api/small", "br, gzip", null],
  ["/api/export", "gzip", "gzip"],
])("GET %s for a browser that accepts %s is answered as %s", async (path, accepted, encoding) => {
  const answer = await get(path, { "accept-encoding": accepted })
  expect(answer.headers.get("content-encoding")).toBe(encoding)
  expect(await answer.text()).toMatch(/"id":1/)
})

test("a compressed answer that did not change is 304", async () => {
  const first = await get("/api/list", { "accept-encoding": "br" })
  await first.text()
  const etag = first.headers.get("etag") ?? ""
  const again = await get("/api/list", {
    "accept-encoding": "br",
    "if-none-match": etag,
    "cache-control": "max-age=0",
  })
  expect([again.status, await again.text()]).toEqual([304, ""])
})

test("an event stream is not compressed and sends each event at once", async () => {
  const answer = await get(routes.events.path, { "accept-encoding": "br, gzip" })
  expect(answer.headers.get("content-encoding")).toBeNull()
  const reader = answer.body!.getReader()
  const { value } = await reader.read()
  expect(new TextDecoder().decode(value)).toMatch(/^data: x/)
  await reader.cancel()
})
