import { execFileSync } from "node:child_process"
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { brotliDecompressSync, gunzipSync } from "node:zlib"
import { afterAll, beforeAll, expect, test } from "vitest"

const root = fileURLToPath(new URL("..", import.meta.url))
const built = mkdtempSync(join(tmpdir(), "peering-desk-bundle-"))
const canary = "5ec2e7ca-b0b0-4a1b-9c3d-canary0bundle"
const spellings = [
  canary,
  encodeURIComponent(canary),
  Buffer.from(canary).toString("base64").replace(/=+$/, ""),
]

const secretVariables = [
  "ATLAS_PRIVATE_KEY",
  "ATLAS_CLIENT_SECRET",
  "OIDC_CLIENT_SECRET",
  "SESSION_SECRET",
  "METRICS_TOKEN",
  "DATABASE_URL",
]

/** Every file of both builds, made on a machine whose environment holds our secrets, and so under Vite's own names too. */
let files: { folder: string; name: string; content: string }[] = []

beforeAll(() => {
  const env = {
    ...process.env,
    ATLAS_PUBLIC_KEY: "canaryke",
    ...Object.fromEntries(
      secretVariables.flatMap((name) => [name, `VITE_${name}`]).map((name) => [name, canary]),
    ),
  }
  for (const app of ["web", "bff"]) {
    const arguments_ = [
      "--filter",
      `@peering-desk/${app}`,
      "exec",
      "vite",
      "build",
      "--outDir",
      join(built, app),
    ]
    execFileSync("pnpm", arguments_, { cwd: root, env, stdio: "pipe" })
  }
  files = readdirSync(built, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => ({
      folder: entry.parentPath,
      name: entry.name,
      content: readFileSync(join(entry.parentPath, entry.name), "latin1"),
    }))
}, 120_000)

afterAll(() => {
  rmSync(built, { recursive: true, force: true })
})

test("both builds are there to be searched", () => {
  expect(files.map(({ name }) => name)).toEqual(expect.arrayContaining(["index.html", "main.js"]))
  expect(files.filter(({ name }) => name.endsWith(".js")).length).toBeGreaterThan(3)
})

test.each(["cedar-worker", "look-up-worker", "reading-worker"])(
  "the thread %s is beside the file of the server that starts it",
  (thread) => {
    const starting = files.filter(({ content }) =>
      content.includes(`findThreadFile("${thread}", import.meta.url)`),
    )
    expect(starting).toHaveLength(1)
    const threads = files.filter(({ name }) => name === `${thread}.js`)
    expect(threads.map(({ folder }) => folder)).toEqual(starting.map(({ folder }) => folder))
  },
)

test("the server's files are in ASCII, so that V8 keeps them at one byte a character", () => {
  const server = files.filter(
    ({ folder, name }) => folder.includes(join(built, "bff")) && name.endsWith(".js"),
  )
  expect(server.length).toBeGreaterThan(3)
  expect(server.filter(({ content }) => /[^\0-\x7f]/.test(content)).map(({ name }) => name)).toEqual([])
})

test("the browser loads no policy engine", () => {
  const engine = /@cedar-policy\/cedar-wasm/
  const browser = files.filter(({ folder }) => folder.startsWith(join(built, "web")))
  expect(browser.filter(({ name, content }) => name.endsWith(".js") && engine.test(content))).toEqual([])
})

test("the first page loads no schema", () => {
  const page = files.find(({ name }) => name === "index.html")?.content ?? ""
  const loaded = files.filter(({ name }) => name.endsWith(".js") && page.includes(`/${name}"`))
  expect(loaded.length).toBeGreaterThan(1)
  expect(loaded.filter(({ content }) => content.includes("_zod")).map(({ name }) => name)).toEqual([])
})

test("no build has a word of the demo's director", () => {
  const director = /\/demo\/|demo-director|\bscenes?\b/i
  const texts = files.filter(({ name }) => /\.(js|css|html|json)$/.test(name))
  expect(texts.filter(({ content }) => director.test(content)).map(({ name }) => name)).toEqual([])
})

test("a build holds no secret of the machine that made it, however spelt", () => {
  const leaking = files.filter(({ content }) => spellings.some((spelling) => content.includes(spelling)))
  expect(leaking.map(({ name }) => name)).toEqual([])
})

test("a build has no source map", () => {
  const mapped = files.filter(
    ({ name, content }) => name.endsWith(".map") || content.includes("sourceMappingURL"),
  )
  expect(mapped.map(({ name }) => name)).toEqual([])
})

test("the page has no inline script and no inline style, which the content security policy would refuse", () => {
  const page = files.find(({ name }) => name === "index.html")?.content ?? ""
  expect(page).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=/)
})

test("the page asks not to be translated: React would fail on a translator's elements, or change texts nobody sees", () => {
  const page = files.find(({ name }) => name === "index.html")?.content ?? ""
  expect(page).toMatch(/<html lang="en" translate="no">/)
})

test("a compressed file of the build holds what the file beside it does", () => {
  const assets = join(built, "web/assets")
  const originals = readdirSync(assets).filter((name) => /\.(br|gz)$/.test(name) === false)
  const large = originals.filter(
    (name) => /\.(js|css)$/.test(name) && readFileSync(join(assets, name)).length >= 1_000,
  )
  expect(large.length).toBeGreaterThan(20)
  const different = large.filter((name) => {
    const content = readFileSync(join(assets, name))
    const brotli = brotliDecompressSync(readFileSync(join(assets, `${name}.br`)))
    return !brotli.equals(content) || !gunzipSync(readFileSync(join(assets, `${name}.gz`))).equals(content)
  })
  expect(different).toEqual([])
})
