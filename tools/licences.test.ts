import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { build } from "vite"
import { afterAll, beforeAll, expect, test } from "vitest"

const root = fileURLToPath(new URL("..", import.meta.url))
const built = mkdtempSync(join(tmpdir(), "peering-desk-licences-"))

/** A package as Vite finds it, by the modules of a bundle. */
interface Bundled {
  name: string
  version: string
  identifier?: string
  text?: string
}
const bundled: Record<string, Bundled[]> = {}
let licences = ""

beforeAll(async () => {
  for (const app of ["web", "bff"]) {
    await build({
      root: join(root, "apps", app),
      logLevel: "error",
      build: { outDir: join(built, app), license: { fileName: "packages.json" } },
    })
    bundled[app] = JSON.parse(readFileSync(join(built, app, "packages.json"), "utf8")) as Bundled[]
  }
  licences = readFileSync(join(built, "web/licences.txt"), "utf8")
}, 120_000)

afterAll(() => {
  rmSync(built, { recursive: true, force: true })
})

const listed = () => [...licences.matchAll(/^=+\n(\S+)\nLicence: (.+)$/gm)]

test.each([
  ["web", ["react", "wouter", "zod"]],
  ["bff", ["express", "openid-client", "kysely"]],
])(
  "licences.txt has each package of the %s bundle with its version, licence and licence text",
  (app, some) => {
    const packages = bundled[app] ?? []
    expect(packages.map(({ name }) => name)).toEqual(expect.arrayContaining(some))
    const ids = listed().map(([, id, licence]) => `${id} ${licence}`)
    for (const { name, version, identifier, text } of packages) {
      expect(ids).toContain(`${name}@${version} ${identifier ?? ""}`)
      expect(licences).toContain(text ?? "")
    }
  },
)

test("licences.txt has the packages that the server loads from its node_modules, and what they need", () => {
  const names = listed().map(([, id = ""]) => id.replace(/(?<=.)@.*$/, ""))
  expect(names).toEqual(
    expect.arrayContaining(["digest-fetch", "md5", "libsql", "nodemailer", "pg", "pg-types", "pino"]),
  )
  for (const name of ["vite", "vitest", "typescript", "msw"]) expect(names).not.toContain(name)
})

test("licences.txt has each package once, and the author of one without a licence file", () => {
  const ids = listed().map(([, id]) => id)
  expect(new Set(ids).size).toBe(ids.length)
  expect(licences).toMatch(
    /^pgpass@[\d.]+\nLicence: MIT\n\nAuthor: Hannes Hörl .*\nThe package has no licence file\.$/m,
  )
  expect(licences).toMatch(
    /^@cedar-policy\/cedar-wasm@[\d.]+\nLicence: Apache-2\.0\n\nAuthor: contributors of https:\/\/\S+\n/m,
  )
  expect(licences).not.toContain("not named")
})
