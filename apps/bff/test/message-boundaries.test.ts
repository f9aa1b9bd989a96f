import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { apiUrls } from "@peering-desk/shared-schemas"
import { sendRawHead } from "#test/support/http.ts"
import { projectId } from "#test/support/requests.ts"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"

let desk: TestApp
beforeAll(async () => {
  desk = await startTestApp()
})
afterAll(() => desk.close())

describe("a request whose end a proxy and the server could read differently", () => {
  test.each([
    ["a length and chunks", ["Content-Length: 5", "Transfer-Encoding: chunked"]],
    ["two lengths", ["Content-Length: 5", "Content-Length: 6"]],
    ["a length that is no number", ["Content-Length: +5"]],
    ["a space before the colon", ["Transfer-Encoding : chunked"]],
    ["an encoding after the chunks", ["Transfer-Encoding: chunked, identity"]],
    ["a folded header", ["X-First: a", " b"]],
  ])("returns 400 with %s, and ends the connection", async (_, headers) => {
    const host = `Host: ${new URL(desk.origin).host}`
    const answer = await sendRawHead(desk.origin, [
      `POST ${apiUrls.peerings(projectId)} HTTP/1.1`,
      host,
      ...headers,
    ])
    expect(answer.split("\r\n")[0]).toBe("HTTP/1.1 400 Bad Request")
    expect(answer.match(/^HTTP\/1\.1 /gm)).toHaveLength(1)
  })
})
