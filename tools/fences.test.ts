import { execFileSync } from "node:child_process"
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { afterAll, beforeAll, expect, test } from "vitest"

const root = fileURLToPath(new URL("..", import.meta.url))

/** A file to plant, what it may not say, and the rule that refuses it. One row a fence, or more. */
const planted = [
  ["packages/shared-schemas/src", 'import "react"', "no-restricted-imports"],
  ["packages/shared-schemas/src", 'import "@peering-desk/peering-rules"', "no-restricted-imports"],
  ["packages/shared-schemas/src", 'import "node:fs"', "no-restricted-imports"],
  ["packages/peering-rules/src", 'import "zod/mini"', "no-restricted-imports"],
  ["packages/peering-rules/src", 'import "express"', "no-restricted-imports"],
  ["packages/atlas-simulator/src", 'import "@peering-desk/shared-schemas"', "no-restricted-imports"],
  [
    "packages/atlas-simulator/src",
    'import "../../peering-rules/src/lifecycle.ts"',
    "no-relative-parent-imports",
  ],
  ["apps/web/src/ui", 'import "#api/http.ts"', "no-restricted-imports"],
  ["apps/web/src/ui", 'import "@tanstack/react-query"', "no-restricted-imports"],
  ["apps/web/src/ui", 'import "wouter"', "no-restricted-imports"],
  ["apps/web/src/ui", 'import "@peering-desk/peering-rules"', "no-restricted-imports"],
  ["apps/web/src/wording", 'import "#ui/Button.tsx"', "no-restricted-imports"],
  ["apps/web/src/api", 'import "#ui/Button.tsx"', "no-restricted-imports"],
  ["apps/web/src/api", 'import "#features/peerings/PeeringsPage.tsx"', "no-restricted-imports"],
  ["apps/web/src/forms", 'import "#features/projects/ProjectPicker.tsx"', "no-restricted-imports"],
  ["apps/web/src/forms", 'import "#app/App.tsx"', "no-restricted-imports"],
  [
    "apps/web/src/features/not-written-yet",
    'import "#features/peerings/PeeringsPage.tsx"',
    "no-restricted-imports",
  ],
  [
    "apps/web/src/features/peerings",
    'import "#features/create-peering/CreatePeeringPage.tsx"',
    "no-restricted-imports",
  ],
  ["apps/web/src/features/peerings", 'import "#app/App.tsx"', "no-restricted-imports"],
  ["apps/web/src/features/peerings", 'import "@peering-desk/atlas-simulator"', "no-restricted-imports"],
  ["apps/web/src/features/peerings", 'import "node:fs"', "no-nodejs-modules"],
  ["apps/web/src/features/peerings", "void fetch('/api/projects')", "no-restricted-globals"],
  [
    "apps/web/src/features/peerings",
    'import "../create-peering/CreatePeeringPage.tsx"',
    "no-relative-parent-imports",
  ],
  ["apps/bff/src/base", 'import "#http/allow-methods.ts"', "no-restricted-imports"],
  ["apps/bff/src/base", 'import "express"', "no-restricted-imports"],
  ["apps/bff/src/http", 'import "#peerings/peering-board.ts"', "no-restricted-imports"],
  ["apps/bff/src/http", 'import "@peering-desk/peering-rules"', "no-restricted-imports"],
  ["apps/bff/src/atlas", 'import "#http/allow-methods.ts"', "no-restricted-imports"],
  ["apps/bff/src/atlas", 'import "@peering-desk/atlas-simulator"', "no-restricted-imports"],
  ["apps/bff/src/store", 'import "#audit/audit-trail.ts"', "no-restricted-imports"],
  ["apps/bff/src/store", 'import "#atlas/atlas-client.ts"', "no-restricted-imports"],
  ["apps/bff/src/audit", 'import "#sign-in/access.ts"', "no-restricted-imports"],
  ["apps/bff/src/audit", 'import "#peerings/peering-board.ts"', "no-restricted-imports"],
  ["apps/bff/src/sign-in", 'import "#atlas/atlas-client.ts"', "no-restricted-imports"],
  ["apps/bff/src/sign-in", 'import "#peerings/peering-board.ts"', "no-restricted-imports"],
  ["apps/bff/src/sign-in", 'import "@peering-desk/demo-identity-provider"', "no-restricted-imports"],
  ["packages/demo-identity-provider/src", 'import "@peering-desk/shared-schemas"', "no-restricted-imports"],
  ["apps/bff/src/projects", 'import "#peerings/peering-board.ts"', "no-restricted-imports"],
  ["apps/bff/src/operations", 'import "#peerings/peering-board.ts"', "no-restricted-imports"],
  ["apps/bff/src/peerings", 'import "#operations/operations-routes.ts"', "no-restricted-imports"],
  ["apps/bff/src/peerings", "void fetch('https://cloud.mongodb.com')", "no-restricted-globals"],
  ["apps/bff/src/peerings", "export const key = process.env", "no-process-env"],
  ["apps/bff/src/peerings", 'import "../http/allow-methods.ts"', "no-relative-parent-imports"],
  ["e2e", 'import "@peering-desk/peering-rules"', "no-restricted-imports"],
  ["e2e", 'import "../apps/bff/src/config.ts"', "no-relative-parent-imports"],
  ["apps/bff/src/http", "export default 1", "no-default-export"],
  ["apps/bff/src/http", "console.log(1)", "no-console"],
] as const

const files = planted.map(([room, code], index) => ({ path: join(room, `planted-${index}.ts`), code }))
const tooLong = { path: "apps/bff/src/http/planted-long.ts", code: "export {}\n".repeat(251) }
const circle = [
  {
    path: "apps/bff/src/base/planted-circle-a.ts",
    code: 'import { b } from "./planted-circle-b.ts"\nexport const a = () => b\n',
  },
  {
    path: "apps/bff/src/base/planted-circle-b.ts",
    code: 'import { a } from "./planted-circle-a.ts"\nexport const b = () => a\n',
  },
]
const everyFile = [...files, tooLong, ...circle]
/** An empty house under the same rules, so that nothing is ever planted in the real one. */
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
  "$room may not say: $code",
  ({ room, rule, index }) => {
    expect(rulesAgainst(join(room, `planted-${index}.ts`))).toContainEqual(expect.stringContaining(rule))
  },
)

test("a source file may not have more than 250 lines", () => {
  expect(rulesAgainst(tooLong.path)).toContainEqual(expect.stringContaining("max-lines"))
})

test("imports may not run in a circle", () => {
  expect(rulesAgainst(circle[0]?.path ?? "")).toContainEqual(expect.stringContaining("no-cycle"))
})

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
