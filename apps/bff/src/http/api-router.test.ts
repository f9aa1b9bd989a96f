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
  const ask = async () => {
    const got = await fetch(`http://127.0.0.1:${server?.port}${apiUrls.session()}`)
    return [got.headers.get("content-type"), await got.text()]
  }
  const type = "application/json; charset=utf-8"
  expect([await ask(), await ask()]).toEqual([
    [type, '{"written":1}'],
    [type, '{"written":1}'],
  ])
  answer = makeAnswer()
  expect(await ask()).toEqual([type, '{"written":2}'])
})
