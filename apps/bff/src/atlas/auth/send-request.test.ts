import { createServer, type RequestListener } from "node:http"
import { connect, createServer as createTcpServer, type AddressInfo, type Server } from "node:net"
import { gzipSync } from "node:zlib"
import { request } from "undici"
import { afterEach, expect, test, vi } from "vitest"
import { readAnswer } from "#atlas/protocol/http-answer.ts"
import { SendFailed } from "./atlas-signer.ts"
import { createAgent, sendRequest } from "./send-request.ts"

const never = new AbortController().signal
const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
  vi.unstubAllEnvs()
})

/** Starts a server at a free port, and returns its address without the scheme. */
async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()))
  closing.push(() => server.close())
  return `127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function ask(handle: RequestListener) {
  const target = new URL(`http://${await listen(createServer(handle))}/`)
  return readAnswer(await sendRequest(target, { signal: never }, true))
}

const mebibyte = 1024 * 1024
test.each([
  { what: "an answer", bytes: "ä".repeat(20), text: "ä".repeat(20) },
  { what: "nothing at all", bytes: "", text: "" },
  { what: "more than the limit in few bytes", bytes: Buffer.alloc(9 * mebibyte), text: null },
])("sendRequest unpacks $what that came as gzip", async ({ bytes, text }) => {
  const answer = await ask(({ headers }, response) => {
    expect(headers["accept-encoding"]).toBe("gzip")
    response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(bytes))
  })
  expect(answer).toMatchObject({ status: 200, text })
})

test("sendRequest says who asks, and joins a header that came several times", async () => {
  let userAgent: string | undefined
  const { headers } = await ask((incoming, response) => {
    userAgent = incoming.headers["user-agent"]
    response.writeHead(401, { "www-authenticate": ["Basic", "Digest"] }).end()
  })
  expect([userAgent, headers.get("www-authenticate"), headers.get("retry-after")]).toEqual([
    "peering-desk/source",
    "Basic, Digest",
    null,
  ])
})

test("sendRequest keeps connections: calls one after the other need two at most", async () => {
  const sockets = new Set<unknown>()
  const server = createServer(({ socket }, response) => {
    sockets.add(socket)
    response.end("{}")
  })
  const target = new URL(`http://${await listen(server)}/`)
  for (let call = 0; call < 10; call += 1)
    await readAnswer(await sendRequest(target, { signal: never }, true))
  expect(sockets.size).toBeLessThanOrEqual(2)
})

test("sendRequest gives up at its signal while the TLS handshake hangs", async () => {
  const limit = new AbortController()
  const server = createTcpServer(() => limit.abort())
  const target = new URL(`https://${await listen(server)}/`)
  const failure: unknown = await sendRequest(target, { signal: limit.signal }, true).catch(
    (error: unknown) => error,
  )
  expect(failure).toBeInstanceOf(SendFailed)
  expect((failure as SendFailed).cause).toBe(limit.signal.reason)
})

test.each([
  { NODE_USE_ENV_PROXY: "1", tunnels: 1 },
  { NODE_USE_ENV_PROXY: "", tunnels: 0 },
])(
  "createAgent goes through the forward proxy of the environment only where Node's fetch does: NODE_USE_ENV_PROXY=$NODE_USE_ENV_PROXY",
  async ({ tunnels, ...environment }) => {
    const target = await listen(createServer((_request, response) => response.end("peers")))
    const asked: (string | undefined)[] = []
    const proxy = createServer().on("connect", (incoming, socket) => {
      asked.push(incoming.url)
      const onward = connect(Number(target.split(":")[1]), "127.0.0.1", () => {
        socket.write("HTTP/1.1 200 OK\r\n\r\n")
        socket.pipe(onward).pipe(socket)
      })
    })
    vi.stubEnv("http_proxy", `http://${await listen(proxy)}`)
    vi.stubEnv("no_proxy", "")
    const dispatcher = createAgent(environment)
    const { body } = await request(`http://${target}/`, { dispatcher })
    expect(await body.text()).toBe("peers")
    expect(asked).toEqual(Array.from({ length: tunnels }, () => target))
    await dispatcher.destroy()
  },
)
