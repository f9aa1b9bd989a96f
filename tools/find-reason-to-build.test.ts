import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import { findReasonToBuild } from "./find-reason-to-build.ts"

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "reason-to-build-"))
  write("apps/web/src/main.tsx", 100)
  write("apps/bff/src/main.ts", 100)
  write("packages/shared-schemas/src/index.ts", 100)
  write("pnpm-lock.yaml", 100)
  write("apps/web/dist/index.html", 200)
  write("apps/web/dist-server/draw-page.js", 200)
  write("apps/bff/dist/main.js", 210)
})
afterEach(() => rmSync(root, { recursive: true }))

function write(path: string, atSeconds: number): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), "")
  utimesSync(join(root, path), atSeconds, atSeconds)
}

test("pnpm start builds nothing while both builds are newer than every source", () => {
  expect(findReasonToBuild(root)).toBe(null)
})

test.each(["apps/web/dist/index.html", "apps/web/dist-server/draw-page.js", "apps/bff/dist/main.js"])(
  "pnpm start builds without %s",
  (path) => {
    rmSync(join(root, path))
    expect(findReasonToBuild(root)).toBe(`there is no ${path}`)
  },
)

test.each([
  "apps/web/src/main.tsx",
  "apps/web/src/ui/NewFile.tsx",
  "apps/bff/src/main.ts",
  "packages/shared-schemas/src/index.ts",
  "pnpm-lock.yaml",
  "package.json",
])("pnpm start builds again after a change of %s", (path) => {
  write(path, 205)
  expect(findReasonToBuild(root)).toBe(`${path} is newer than the build`)
})

test.each([
  "apps/bff/src/app.test.ts",
  "apps/web/node_modules/.vite/cache.json",
  "apps/bff/test/support/x.ts",
])("pnpm start builds nothing for a change of %s", (path) => {
  write(path, 300)
  expect(findReasonToBuild(root)).toBe(null)
})
