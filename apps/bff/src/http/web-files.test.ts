import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { brotliCompressSync, gzipSync } from "node:zlib"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { serveHandlers, type TestingServer } from "#test/support/server.ts"
import { serveWebFiles } from "./web-files.ts"

const directory = mkdtempSync(join(tmpdir(), "web-files-"))
const script = `export const long = "${"again and ".repeat(200)}"\n`
let server: TestingServer

function write(name: string, content: string | Buffer): void {
  const path = join(directory, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content)
}

beforeAll(async () => {
  write("index.html", "<!doctype html><head><title>Desk</title></head><body></body>")
  write(".vite/manifest.json", "{}")
  write("assets/page-a1b2.js", script)
  write("assets/page-a1b2.js.br", brotliCompressSync(script))
  write("assets/page-a1b2.js.gz", gzipSync(script))
  write("assets/small-c3d4.js", "export {}\n")
  write("theme.js", "document\n")
  write("licences.txt", "Hannes Hörl\n")
  write("licences.txt.br", brotliCompressSync("Hannes Hörl\n"))
  server = await serveHandlers(serveWebFiles(directory))
})
afterAll(async () => {
  await server.close()
  rmSync(directory, { recursive: true })
})

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${server.origin}${path}`, { headers: { accept: "*/*", ...headers } })
describe("a file of the build", () => {
  test.each([
    ["gzip, deflate, br, zstd", "br"],
    ["gzip", "gzip"],
    ["br;q=0, gzip", "gzip"],
    ["identity", null],
  ])(
    "is sent to a browser that accepts %s as %s, the same under every encoding",
    async (accepted, encoding) => {
      const answer = await get("/assets/page-a1b2.js", { "accept-encoding": accepted })
      expect(answer.headers.get("content-encoding")).toBe(encoding)
      expect(answer.headers.get("content-type")).toMatch(/^text\/javascript/)
      expect(answer.headers.get("cache-control")).toBe("public, max-age=31536000, immutable")
      expect(answer.headers.get("vary")).toMatch(/accept-encoding/i)
      expect(await answer.text()).toBe(script)
    },
  )

  test("a file without a compressed twin is sent as it is", async () => {
    const answer = await get("/assets/small-c3d4.js", { "accept-encoding": "br" })
    expect([answer.status, answer.headers.get("content-encoding")]).toEqual([200, null])
    expect((await get("/theme.js")).status).toBe(200)
  })

  test.each(["/.vite/manifest.json", "/assets/missing.js", "/assets/"])("%s is not served", async (path) => {
    expect((await get(path, { accept: "application/json" })).status).toBe(404)
  })
})

test.each(["/", "/nothing", "/projects/64b1/connections/new"])(
  "the HTML at %s is that of the build, kept by this browser alone and sent again only when it differs",
  async (path) => {
    const first = await get(path)
    expect(await first.text()).toBe("<!doctype html><head><title>Desk</title></head><body></body>")
    expect(first.headers.get("cache-control")).toBe("private, no-cache")
    expect(first.headers.get("vary")).toContain("Cookie")
    const again = { "if-none-match": first.headers.get("etag") ?? "", "cache-control": "max-age=0" }
    expect((await get(path, again)).status).toBe(304)
  },
)

test("a server without a build says how to make one", async () => {
  const empty = await serveHandlers(serveWebFiles(join(directory, "nowhere")))
  const answer = await fetch(empty.origin, { headers: { accept: "text/html" } })
  expect(answer.status).toBe(404)
  expect(await answer.text()).toContain("pnpm build")
  await empty.close()
})

test("GET /licences.txt answers as text in UTF-8, compressed and plain", async () => {
  for (const encoding of ["br", "identity"]) {
    const response = await get("/licences.txt", { "accept-encoding": encoding })
    expect(response.headers.get("content-type")).toMatch(/^text\/plain; charset=utf-8$/i)
    expect(await response.text()).toBe("Hannes Hörl\n")
  }
})
