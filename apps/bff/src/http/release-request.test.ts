import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import type { Request, Response } from "express"
import { expect, test } from "vitest"
import { releaseRequest } from "./release-request.ts"

const asExpress = (request: IncomingMessage, response: ServerResponse) =>
  [request as Request, response as Response] as const

// Node 20 sends a head with the first bytes, Node 24 at the end of the turn in which they are written.
test("releaseRequest keeps the head of an answer until it has left", async () => {
  const server = createServer((request, response) => {
    response.writeHead(200, { "X-Kept": "yes" })
    releaseRequest(...asExpress(request, response), "/a-path")
    response.write("first")
    setImmediate(() => response.end(", last"))
  }).listen(0, "127.0.0.1")
  await new Promise((resolve) => server.once("listening", resolve))

  const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
  expect(answer.headers.get("x-kept")).toBe("yes")
  expect(await answer.text()).toBe("first, last")

  await new Promise((resolve) => server.close(resolve))
})

test("releaseRequest lets go of the head once it has left, and of all that middleware added", async () => {
  const released = new Promise<ServerResponse>((resolve) => {
    const server = createServer((request, response) => {
      Object.assign(request, { session: {} })
      response.writeHead(200)
      response.write("first")
      releaseRequest(...asExpress(request, response), "/a-path")
      setImmediate(() => setImmediate(() => resolve(response.on("close", () => server.close()))))
    }).listen(0, "127.0.0.1", () => void fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`))
  })
  const response = await released
  expect(Reflect.get(response, "_header")).toBe("sent")
  expect(Reflect.get(response.req, "session")).toBeUndefined()
  response.destroy()
})
