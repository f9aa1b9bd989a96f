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
import { withImportRules } from "./import-rules.ts"
import { listModules, workspaces } from "./modules.ts"

const root = fileURLToPath(new URL("..", import.meta.url))

/** A file to plant, a line that it may not hold, and the rule that refuses it. */
type Violation = readonly [folder: string, code: string, rule: string]

/** One violation per module: an import of some module that its row does not allow. */
const forbiddenImports: Violation[] = workspaces.flatMap((workspace) => {
  const modules = listModules(workspace)
  return modules.flatMap(({ module, mayImport }) => {
    const isAllowed = (other: string) =>
      [module, ...mayImport].some((allowed) => other === allowed || other.startsWith(`${allowed}/`))
    return modules
      .filter(({ module: other }) => !isAllowed(other))
      .slice(-1)
      .map(({ module: other }): Violation => [
        `${workspace.workspace}/src/${module}`,
        `import "#${other}/planted.ts"`,
        "no-restricted-imports",
      ])
  })
})

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

const files = planted.map(([folder, code], index) => ({ path: join(folder, `planted-${index}.ts`), code }))
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
const project = mkdtempSync(join(tmpdir(), "peering-desk-import-rules-"))

interface Diagnostic {
  code: string
  filename: string
}
let diagnostics: Diagnostic[] = []

beforeAll(() => {
  copyFileSync(join(root, ".oxlintrc.json"), join(project, ".oxlintrc.json"))
  for (const { path, code } of everyFile) {
    mkdirSync(dirname(join(project, path)), { recursive: true })
    writeFileSync(join(project, path), `${code}\n`)
  }
  diagnostics = lint()
}, 60_000)

afterAll(() => {
  rmSync(project, { recursive: true })
})

test.each(planted.map(([folder, code, rule], index) => ({ folder, code, rule, index })))(
  "$folder refuses $code",
  ({ folder, rule, index }) => {
    expect(rulesAgainst(join(folder, `planted-${index}.ts`))).toContainEqual(expect.stringContaining(rule))
  },
)

test("lint refuses a source file of more than 250 lines", () => {
  expect(rulesAgainst(tooLong.path)).toContainEqual(expect.stringContaining("max-lines"))
})

test("lint refuses a circle of type-only imports", () => {
  expect(rulesAgainst(circle[0]?.path ?? "")).toContainEqual(expect.stringContaining("no-cycle"))
})

test("the import rules in .oxlintrc.json are those of modules.ts (`pnpm import-rules` writes them)", () => {
  const configuration = readFileSync(join(root, ".oxlintrc.json"), "utf8")
  expect(withImportRules(configuration)).toBe(configuration)
})

test.each(workspaces)("the modules of $workspace import only modules listed before them", ({ modules }) => {
  const upward = modules.flatMap(({ module, mayImport }, index) =>
    mayImport
      .filter((other) => !modules.slice(0, index).some((earlier) => earlier.module === other))
      .map((other) => `${module} -> ${other}`),
  )
  expect(upward).toEqual([])
})

test.each(workspaces)(
  "every folder of $workspace is in a module and has at most 25 product files",
  (workspace) => {
    const source = join(root, workspace.workspace, "src")
    const names = [...workspace.withoutRule, ...listModules(workspace).map(({ module }) => module)]
    const crowded: string[] = []
    const unlisted: string[] = []
    for (const folder of readdirSync(source, { recursive: true, withFileTypes: true })) {
      if (!folder.isDirectory()) continue
      const path = join(folder.parentPath, folder.name)
      const name = relative(source, path)
      const productFiles = readdirSync(path).filter(
        (file) => /\.tsx?$/.test(file) && !/\.test\.|^testing-/.test(file),
      )
      if (productFiles.length > 25) crowded.push(`${name}: ${productFiles.length}`)
      const isListed = names.some((module) => name === module || name.startsWith(`${module}/`))
      if (productFiles.length > 0 && !isListed) unlisted.push(name)
    }
    expect({ crowded, unlisted }).toEqual({ crowded: [], unlisted: [] })
  },
)

function rulesAgainst(path: string): string[] {
  return diagnostics.filter(({ filename }) => filename === path).map(({ code }) => code)
}

function lint(): Diagnostic[] {
  try {
    execFileSync(join(root, "node_modules/.bin/oxlint"), ["--format=json"], {
      cwd: project,
      encoding: "utf8",
      stdio: "pipe",
    })
  } catch (error) {
    const { stdout } = error as { stdout: string }
    return (JSON.parse(stdout) as { diagnostics: Diagnostic[] }).diagnostics
  }
  return []
}
