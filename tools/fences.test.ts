import { execFileSync } from "node:child_process"
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join, relative } from "node:path"
import { fileURLToPath } from "node:url"
import { afterAll, beforeAll, expect, test } from "vitest"
import { withFences } from "./fences.ts"
import { workspaces } from "./rooms.ts"

const root = fileURLToPath(new URL("..", import.meta.url))

/** A file to plant, a line that it may not hold, and the rule that refuses it. */
type Violation = readonly [room: string, code: string, rule: string]

/** One violation per room of `rooms.ts`: an import of some room that its row does not allow. */
const forbiddenImports: Violation[] = workspaces.flatMap(({ workspace, rooms }) =>
  rooms.flatMap(({ room, mayImport }) => {
    const isAllowed = (other: string) =>
      [room, ...mayImport].some((allowed) => other === allowed || other.startsWith(`${allowed}/`))
    return rooms
      .filter(({ room: other }) => !isAllowed(other))
      .slice(-1)
      .map(({ room: other }): Violation => [
        `${workspace}/src/${room}`,
        `import "#${other}/planted.ts"`,
        "no-restricted-imports",
      ])
  }),
)

const otherViolations: Violation[] = [
  ["packages/shared-schemas/src", 'import "react"', "no-restricted-imports"],
  ["packages/shared-schemas/src", 'import "@peering-desk/peering-rules"', "no-restricted-imports"],
  ["packages/shared-schemas/src", 'import "node:fs"', "no-restricted-imports"],
  ["packages/peering-rules/src/checks", 'import "zod/mini"', "no-restricted-imports"],
  ["packages/peering-rules/src/formats", 'import "node:fs"', "no-nodejs-modules"],
  ["packages/atlas-simulator/src", 'import "@peering-desk/shared-schemas"', "no-restricted-imports"],
  ["packages/atlas-simulator/src", 'import "../../peering-rules/src/index.ts"', "no-relative-parent-imports"],
  ["packages/demo-identity-provider/src", 'import "@peering-desk/shared-schemas"', "no-restricted-imports"],
  ["apps/web/src/ui", 'import "@tanstack/react-query"', "no-restricted-imports"],
  ["apps/web/src/ui", 'import "wouter"', "no-restricted-imports"],
  ["apps/web/src/ui", 'import "@peering-desk/peering-rules"', "no-restricted-imports"],
  ["apps/web/src/features/connection", 'import "#app/App.tsx"', "no-restricted-imports"],
  ["apps/web/src/features/connection", 'import "@peering-desk/atlas-simulator"', "no-restricted-imports"],
  ["apps/web/src/features/connection", 'import "node:fs"', "no-nodejs-modules"],
  ["apps/web/src/features/connection", "void fetch('/api/projects')", "no-restricted-globals"],
  ["apps/web/src/features/connection", 'import "../audit/AuditPage.tsx"', "no-relative-parent-imports"],
  ["apps/bff/src/base", 'import "express"', "no-restricted-imports"],
  ["apps/bff/src/http", 'import "@peering-desk/peering-rules"', "no-restricted-imports"],
  ["apps/bff/src/atlas", 'import "@peering-desk/atlas-simulator"', "no-restricted-imports"],
  ["apps/bff/src/sign-in", 'import "@peering-desk/demo-identity-provider"', "no-restricted-imports"],
  ["apps/bff/src/changes", "void fetch('https://cloud.mongodb.com')", "no-restricted-globals"],
  ["apps/bff/src/changes", "export const key = process.env", "no-process-env"],
  ["apps/bff/src/changes", 'import "../http/allow-methods.ts"', "no-relative-parent-imports"],
  ["e2e", 'import "@peering-desk/peering-rules"', "no-restricted-imports"],
  ["e2e", 'import "../apps/bff/src/config.ts"', "no-relative-parent-imports"],
  ["apps/bff/src/http", "export default 1", "no-default-export"],
  ["apps/bff/src/http", "console.log(1)", "no-console"],
]

const planted = [...forbiddenImports, ...otherViolations]

const files = planted.map(([room, code], index) => ({ path: join(room, `planted-${index}.ts`), code }))
const tooLong = { path: "apps/bff/src/http/planted-long.ts", code: "export {}\n".repeat(251) }
const circle = [
  {
    path: "apps/bff/src/base/planted-circle-a.ts",
    code: 'import type { B } from "./planted-circle-b.ts"\nexport type A = B | null\n',
  },
  {
    path: "apps/bff/src/base/planted-circle-b.ts",
    code: 'import type { A } from "./planted-circle-a.ts"\nexport type B = A[]\n',
  },
]
const everyFile = [...files, tooLong, ...circle]
/** An empty project under the same rules, which keeps violations out of the real one. */
const house = mkdtempSync(join(tmpdir(), "peering-desk-fences-"))

interface Diagnostic {
  code: string
  filename: string
}
let diagnostics: Diagnostic[] = []

beforeAll(() => {
  copyFileSync(join(root, ".oxlintrc.json"), join(house, ".oxlintrc.json"))
  for (const { path, code } of everyFile) {
    mkdirSync(dirname(join(house, path)), { recursive: true })
    writeFileSync(join(house, path), `${code}\n`)
  }
  diagnostics = lint()
}, 60_000)

afterAll(() => {
  rmSync(house, { recursive: true })
})

test.each(planted.map(([room, code, rule], index) => ({ room, code, rule, index })))(
  "$room refuses $code",
  ({ room, rule, index }) => {
    expect(rulesAgainst(join(room, `planted-${index}.ts`))).toContainEqual(expect.stringContaining(rule))
  },
)

test("lint refuses a source file of more than 250 lines", () => {
  expect(rulesAgainst(tooLong.path)).toContainEqual(expect.stringContaining("max-lines"))
})

test("lint refuses a circle of type-only imports", () => {
  expect(rulesAgainst(circle[0]?.path ?? "")).toContainEqual(expect.stringContaining("no-cycle"))
})

test("the fences in .oxlintrc.json are those of rooms.ts (`pnpm fences` writes them)", () => {
  const configuration = readFileSync(join(root, ".oxlintrc.json"), "utf8")
  expect(withFences(configuration)).toBe(configuration)
})

test.each(workspaces)("the rooms of $workspace import only rooms listed before them", ({ rooms }) => {
  const upward = rooms.flatMap(({ room, mayImport }, index) =>
    mayImport
      .filter((other) => !rooms.slice(0, index).some((earlier) => earlier.room === other))
      .map((other) => `${room} -> ${other}`),
  )
  expect(upward).toEqual([])
})

test.each(workspaces)("every folder of $workspace is a room, with at most 25 product files", (workspace) => {
  const source = join(root, workspace.workspace, "src")
  const names = new Set(workspace.rooms.map(({ room }) => room))
  const crowded: string[] = []
  const unlisted: string[] = []
  for (const folder of readdirSync(source, { recursive: true, withFileTypes: true })) {
    if (!folder.isDirectory()) continue
    const path = join(folder.parentPath, folder.name)
    const room = relative(source, path)
    const productFiles = readdirSync(path).filter(
      (name) => /\.tsx?$/.test(name) && !/\.test\.|^testing-/.test(name),
    )
    if (productFiles.length > 25) crowded.push(`${room}: ${productFiles.length}`)
    if (productFiles.length > 0 && !workspace.withoutFence.includes(room) && !isListed(room, names))
      unlisted.push(room)
  }
  expect({ crowded, unlisted }).toEqual({ crowded: [], unlisted: [] })
})

function isListed(room: string, names: ReadonlySet<string>): boolean {
  return [...names].some((name) => room === name || room.startsWith(`${name}/`))
}

function rulesAgainst(path: string): string[] {
  return diagnostics.filter(({ filename }) => filename === path).map(({ code }) => code)
}

function lint(): Diagnostic[] {
  try {
    execFileSync(join(root, "node_modules/.bin/oxlint"), ["--format=json"], {
      cwd: house,
      encoding: "utf8",
      stdio: "pipe",
    })
  } catch (error) {
    const { stdout } = error as { stdout: string }
    return (JSON.parse(stdout) as { diagnostics: Diagnostic[] }).diagnostics
  }
  return []
}
