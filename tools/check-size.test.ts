import { randomBytes } from "node:crypto"
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { checkSize } from "./check-size.ts"

const dist = mkdtempSync(join(tmpdir(), "peering-desk-size-"))

// Random bytes, which gzip can't make smaller: the entry has about 60 kB and the page 40 kB.
beforeAll(() => {
  mkdirSync(join(dist, ".vite"))
  writeFileSync(join(dist, "entry.js"), randomBytes(40_000))
  writeFileSync(join(dist, "shared.js"), randomBytes(20_000))
  writeFileSync(join(dist, "page.js"), randomBytes(40_000))
  const manifest = {
    _entry: { file: "entry.js", imports: ["_shared"] },
    _shared: { file: "shared.js" },
    _page: { file: "page.js", name: "CreatePage", imports: ["_shared", "_entry"] },
  }
  writeFileSync(join(dist, "index.html"), '<script type="module" src="/entry.js"></script>')
  writeFileSync(join(dist, ".vite/manifest.json"), JSON.stringify(manifest))
})

afterAll(() => rmSync(dist, { recursive: true }))

test.each([
  ["ok  ", 101, false],
  ["WARN", 95, false],
  ["OVER", 90, true],
])("checkSize prints %s for 100 kB of a budget of %i kB", (mark, limitKb, isOver) => {
  const budget = { what: "JavaScript", kind: "js", pages: ["CreatePage"], limitKb, mostFiles: 3 } as const
  const [result] = checkSize(dist, [budget])
  expect(result?.line).toMatch(
    new RegExp(`^${mark} JavaScript: 100\\.\\d of ${limitKb} kB gzip, 3 of 3 files$`),
  )
  expect(result?.isOver).toBe(isOver)
})

test("checkSize fails a budget whose page is missing from the build", () => {
  const budget = { what: "JavaScript", kind: "js", pages: ["OldPage"], limitKb: 500, mostFiles: 3 } as const
  expect(checkSize(dist, [budget])[0]?.isOver).toBe(true)
})

test("checkSize fails a budget whose page loads more files", () => {
  const budget = {
    what: "JavaScript",
    kind: "js",
    pages: ["CreatePage"],
    limitKb: 500,
    mostFiles: 2,
  } as const
  expect(checkSize(dist, [budget])[0]?.isOver).toBe(true)
})
