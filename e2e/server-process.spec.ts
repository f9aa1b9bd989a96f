import { expect, test } from "@playwright/test"
import { mkdtempSync, rmSync } from "node:fs"
import { createServer, type AddressInfo } from "node:net"
import { createServer as createHttpServer } from "node:http"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { openTcpProxy } from "./tcp-proxy.ts"
import { startServer } from "./server-process.ts"

test("a server that cannot start ends, and the error says why in its own words", async () => {
  const directory = mkdtempSync(join(tmpdir(), "peering-desk-e2e-"))
  const written: string[] = []
  const started = startServer({ LOG_LEVEL: "loud" }, directory, (text) => written.push(text))
  await expect(started).rejects.toThrow(/did not become ready.*LOG_LEVEL must be one of/s)
  expect(written.join("")).toContain("OIDC_ISSUER is missing")
  rmSync(directory, { recursive: true })
})

test("an address keeps its port while the server behind it is gone, and leads to the next one", async () => {
  const front = await openTcpProxy()
  const { port } = new URL(front.origin)
  const squatter = createServer()
  const refused = new Promise<NodeJS.ErrnoException>((resolve) => squatter.once("error", resolve))
  squatter.listen(Number(port), "127.0.0.1")
  expect((await refused).code).toBe("EADDRINUSE")
  await expect(fetch(front.origin)).rejects.toThrow("fetch failed")

  for (const words of ["the first", "the second"]) {
    const server = createHttpServer((_request, response) => response.end(words))
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
    front.leadTo((server.address() as AddressInfo).port)
    expect(await (await fetch(front.origin)).text()).toBe(words)
    front.leadTo(null)
    server.closeAllConnections()
    server.close()
  }
  await front.close()
})
