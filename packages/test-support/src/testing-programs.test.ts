import { once } from "node:events"
import { createServer, get } from "node:http"
import { createServer as createTcpServer } from "node:net"
import { tmpdir } from "node:os"
import { expect, test } from "vitest"
import { listen } from "./testing-listen.ts"
import { findFreePort, startProgram, waitForProgram } from "./testing-programs.ts"
import { openTcpProxy } from "./testing-tcp-proxy.ts"

test("waiting for a program that ends fails with everything that it wrote", async () => {
  const script = "console.log('LOG_LEVEL must be one of'); console.error('OIDC_ISSUER is missing')"
  const started = startProgram(process.execPath, ["-e", script], {}, tmpdir())
  await expect(waitForProgram(started, () => false)).rejects.toThrow(
    /LOG_LEVEL must be one of.*OIDC_ISSUER is missing/s,
  )
})

test("a port for a program that starts later is none that a system may give to a call meanwhile", async () => {
  const ports = await Promise.all(Array.from({ length: 50 }, () => findFreePort()))
  // Linux begins at 32768, others at 49152.
  expect(Math.max(...ports)).toBeLessThan(32_768)
})

test("an address keeps its port while the server behind it is gone, and leads to the next one", async () => {
  const front = await openTcpProxy()
  const { port } = new URL(front.origin)
  const squatter = createTcpServer()
  const refused = new Promise<NodeJS.ErrnoException>((resolve) => squatter.once("error", resolve))
  squatter.listen(Number(port), "127.0.0.1")
  expect((await refused).code).toBe("EADDRINUSE")
  await expect(once(get(front.origin), "response")).rejects.toThrow("socket hang up")

  for (const words of ["the first", "the second"]) {
    const server = await listen(createServer((_request, response) => response.end(words)))
    front.leadTo(server.port)
    expect(await (await fetch(front.origin)).text()).toBe(words)
    front.leadTo(null)
    await server.close()
  }
  await front.close()
})
