import { EventEmitter, once } from "node:events"
import { createServer, request as send, type IncomingMessage, type RequestListener } from "node:http"
import type { AddressInfo } from "node:net"
import { text } from "node:stream/consumers"
import { expect, onTestFinished, test } from "vitest"
import { createDemoFront } from "./create-front.ts"

const publicUrl = "http://demo.example"
const page = "<!doctype html><html><head><title>Peering Desk</title></head><body></body></html>"
const policy =
  "default-src 'none';script-src 'self';frame-ancestors 'none';require-trusted-types-for 'script'"

/** Starts a product that answers like this, and the front before it. */
async function startFront(product: RequestListener): Promise<string> {
  const server = createServer(product)
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const serverUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const front = await createDemoFront({ serverUrl, publicUrl, simulatorUrl: serverUrl })
  const { origin } = await front.listen()
  onTestFinished(async () => {
    await front.close()
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  return origin
}

/** Sends one request, with exactly these headers. */
function get(url: string, headers: Record<string, string> = {}, method = "GET"): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    send(url, { agent: false, method, headers }, resolve).on("error", reject).end()
  })
}

const answerPage: RequestListener = (_request, response) => {
  response.setHeader("content-security-policy", policy)
  response.setHeader("x-frame-options", "DENY")
  response.setHeader("etag", '"1"')
  response.setHeader("set-cookie", ["a=1", "b=2"])
  response.setHeader("content-type", "text/html; charset=utf-8")
  response.end(page)
}
const acceptsHtml = { accept: "text/html,*/*;q=0.8" }

test("the demo's front adds the director to a page and keeps its cookies", async () => {
  const origin = await startFront(answerPage)
  const answer = await get(origin, acceptsHtml)
  expect(await text(answer)).toBe(
    page.replace(
      "</head>",
      '<link rel="stylesheet" href="/demo/director.css"><script type="module" src="/demo/director.js"></script></head>',
    ),
  )
  expect(answer.headers["set-cookie"]).toEqual(["a=1", "b=2"])
  expect(answer.headers.etag).toBeUndefined()
})

test("the demo's front leads localhost, typed by hand, to the address at which one signs in", async () => {
  const origin = await startFront(answerPage)
  const { statusCode, headers } = await get(`${origin}/overview?scene=play`, { host: "localhost:8080" })
  expect([statusCode, headers.location]).toEqual([307, "http://demo.example/overview?scene=play"])
})

test("the demo's front lets pages of the product frame each other, and no others", async () => {
  const origin = await startFront(answerPage)
  const { headers } = await get(origin, acceptsHtml)
  expect(headers["content-security-policy"]).toBe(
    "default-src 'none';script-src 'self';require-trusted-types-for 'script';frame-ancestors 'self';frame-src 'self'",
  )
  expect(headers["x-frame-options"]).toBe("SAMEORIGIN")
})

test("the demo's front adds no director to a framed page", async () => {
  const origin = await startFront(answerPage)
  const answer = await get(origin, { ...acceptsHtml, "sec-fetch-dest": "iframe" })
  expect(await text(answer)).toBe(page)
  expect(answer.headers["x-frame-options"]).toBe("SAMEORIGIN")
})

test("the demo's front asks for a page in full, with the Host header of the browser", async () => {
  const seen: IncomingMessage["headers"][] = []
  const origin = await startFront((request, response) => {
    seen.push(request.headers)
    answerPage(request, response)
  })
  await get(origin, { ...acceptsHtml, "if-none-match": '"1"', "accept-encoding": "br", host: "demo.example" })
  expect(seen).toEqual([
    { ...acceptsHtml, "accept-encoding": "identity", host: "demo.example", connection: "close" },
  ])
})

test("the demo's front passes on what is no page as it is, compressed and with its ETag", async () => {
  const origin = await startFront((request, response) => {
    response.writeHead(200, { "content-encoding": "br", "content-length": "3", etag: '"2"' })
    response.end(request.headers["accept-encoding"])
  })
  const answer = await get(`${origin}/assets/x.js`, { "accept-encoding": "br3" })
  expect(await text(answer)).toBe("br3")
  expect(answer.headers).toMatchObject({ "content-encoding": "br", "content-length": "3", etag: '"2"' })
})

test("the demo's front passes on the body of a write", async () => {
  const origin = await startFront((request, response) => request.pipe(response))
  const answer = await fetch(`${origin}/api/x`, { method: "POST", body: "x".repeat(200_000) })
  expect(await answer.text()).toHaveLength(200_000)
})

test("the demo's front passes on each event of a stream when it comes", async () => {
  const product = new EventEmitter()
  const origin = await startFront((request, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" })
    response.flushHeaders()
    product.on("event", (event) => response.write(event))
    request.on("close", () => product.emit("closed"))
  })
  const answer = await get(`${origin}/api/events`, { accept: "text/event-stream" })
  const events = answer[Symbol.asyncIterator]()
  for (const event of ["data: 1\n\n", "data: 2\n\n"]) {
    product.emit("event", event)
    expect(String((await events.next()).value)).toBe(event)
  }
  const closed = once(product, "closed")
  answer.destroy()
  await closed
})

test("the demo's front answers 502 while the product is away, and works again afterwards", async () => {
  const front = await createDemoFront({
    serverUrl: "http://127.0.0.1:9",
    publicUrl,
    simulatorUrl: "http://127.0.0.1:9",
  })
  onTestFinished(() => front.close())
  const { origin } = await front.listen()
  expect((await fetch(origin)).status).toBe(502)
  expect((await fetch(origin)).status).toBe(502)
})

test("the demo's front serves the director, built without a trace in the process", async () => {
  const origin = await startFront(answerPage)
  // Other stand-ins refuse to start in production.
  expect(process.env["NODE_ENV"]).toBe("test")
  const script = await get(`${origin}/demo/director.js`)
  expect(script.headers["content-type"]).toBe("text/javascript; charset=utf-8")
  expect(await text(script)).not.toBe("")
  const style = await get(`${origin}/demo/director.css`)
  expect(style.headers["content-type"]).toBe("text/css; charset=utf-8")
})

const ofPage = { "sec-fetch-site": "same-origin", "content-type": "application/json" }

test.each([
  ["another site's page", { "sec-fetch-site": "cross-site" }, 403],
  ["a page of another port", { "sec-fetch-site": "same-site" }, 403],
  ["a program", {}, 403],
  ["a name that points at this machine", { ...ofPage, host: "rebound.example" }, 403],
  ["a form", { "sec-fetch-site": "same-origin", "content-type": "text/plain" }, 415],
])("the demo's front refuses a call of %s", async (_who, headers, status) => {
  const origin = await startFront(answerPage)
  const answer = await get(`${origin}/demo/world`, { host: "demo.example", ...headers }, "POST")
  expect(answer.statusCode).toBe(status)
})

test("a call of the director reaches a simulator that ends kept connections without a word", async () => {
  const used = new WeakSet<object>()
  const origin = await startFront((request, response) => {
    if (used.has(request.socket)) return request.socket.destroy()
    used.add(request.socket)
    return response.setHeader("content-type", "application/json").end("{}")
  })
  const act = () =>
    new Promise((resolve, reject) => {
      const headers = { ...ofPage, host: "demo.example" }
      send(`${origin}/demo/world`, { agent: false, method: "POST", headers }, ({ statusCode }) =>
        resolve(statusCode),
      )
        .on("error", reject)
        .end(JSON.stringify({ method: "POST", path: "/faults", body: {} }))
    })
  expect([await act(), await act(), await act()]).toEqual([204, 204, 204])
})
