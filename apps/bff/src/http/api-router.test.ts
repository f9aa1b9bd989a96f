import { apiUrls, routes } from "@peering-desk/shared-schemas"
import { afterAll, expect, test } from "vitest"
import { serveHandlers, type TestingServer } from "#test/support/server.ts"
import { createApiRouter } from "./api-router.ts"

let server: TestingServer | null = null
afterAll(() => server?.close())

test("a handler that returns the same object twice has it written as JSON once; another object is written again", async () => {
  let written = 0
  const makeAnswer = () => ({ toJSON: () => ({ written: ++written }) })
  let answer = makeAnswer()
  const handlers = { session: { get: () => answer } }
  const options = { guard: () => [], readBody: () => undefined }
  server = await serveHandlers(createApiRouter({ session: routes.session }, handlers, options))
  // Without a Cache-Control of ours, fetch would ask for a fresh answer.
  const ask = async (known = "") => {
    const headers = { "if-none-match": known, "cache-control": "max-age=0" }
    const got = await fetch(`http://127.0.0.1:${server?.port}${apiUrls.session()}`, { headers })
    const [type, etag] = [got.headers.get("content-type"), got.headers.get("etag")]
    return { status: got.status, type, etag, text: await got.text() }
  }
  const type = "application/json; charset=utf-8"
  const first = await ask()
  expect(first).toEqual({ status: 200, type, etag: expect.any(String), text: '{"written":1}' })
  expect(await ask()).toEqual(first)
  expect(await ask(first.etag ?? "")).toMatchObject({ status: 304, etag: first.etag })
  answer = makeAnswer()
  const next = await ask(first.etag ?? "")
  expect(next).toMatchObject({ status: 200, text: '{"written":2}' })
  expect(next.etag).not.toBe(first.etag)
})
