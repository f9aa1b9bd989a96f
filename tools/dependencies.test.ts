import { readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { expect, test } from "vitest"
import { productionWorkspaces, readLockfile, readProductionPackages } from "./lockfile.ts"

const root = fileURLToPath(new URL("..", import.meta.url))
const read = (path: string) => readFileSync(join(root, path), "utf8")

/** All packages of all platforms, below the ones that are named too. Raise it with a reason in the commit. */
const mostPackages = 180

interface Manifest {
  dependencies?: Record<string, string>
}

/** Lists the packages that production workspaces name, and those of our own that they use. */
function listNamed(): string[] {
  const folders = [...productionWorkspaces, "packages/shared-schemas", "packages/peering-rules"]
  const names = folders.flatMap((folder) =>
    Object.keys((JSON.parse(read(`${folder}/package.json`)) as Manifest).dependencies ?? {}),
  )
  return [...new Set(names)].filter((name) => !name.startsWith("@peering-desk/")).sort()
}

/** The packages of each row, with its other cells. */
const rows = read("docs/dependencies.md")
  .split("\n")
  .flatMap((line) => {
    const [, first = "", ...cells] = line.split("|").map((cell) => cell.trim())
    const names = [...first.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name)
    return names.map((name) => ({ name, cells: cells.slice(0, 3) }))
  })

test("docs/dependencies.md has one line for each production dependency, and no other", () => {
  expect(rows.map(({ name }) => name).sort()).toEqual(listNamed())
})

test.each(rows)(
  "docs/dependencies.md says why $name is here, who keeps it, and what replaces it",
  ({ cells }) => {
    expect(cells.filter((cell) => cell.length >= 3)).toHaveLength(3)
  },
)

test("production has 180 packages at most", () => {
  expect(readProductionPackages(readLockfile(root)).size).toBeLessThanOrEqual(mostPackages)
})
