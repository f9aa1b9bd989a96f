import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { expect, test } from "vitest"
import { workspaces } from "./modules.ts"

const page = readFileSync(fileURLToPath(new URL("../docs/modules.md", import.meta.url)), "utf8")

/** Returns a workspace's table as module → its last column. */
function readTable(workspace: string): Record<string, string> {
  const section = page.split(`## ${workspace}/src\n`)[1]?.split(/^##/m)[0] ?? ""
  const rows = section.matchAll(/^\| `([\w/*-]+)`\s*\|.*\|\s*([^|]+?)\s*\|$/gm)
  return Object.fromEntries(Array.from(rows, ([, name = "", cell = ""]) => [name, cell]))
}

test.each(workspaces)(
  "the table of $workspace in docs/modules.md names each module and what it may import",
  ({ workspace, modules, withoutRule }) => {
    const documented = Object.entries(readTable(workspace)).filter(([name]) => !withoutRule.includes(name))
    expect(Object.fromEntries(documented)).toEqual(
      Object.fromEntries(modules.map(({ module, mayImport }) => [module, mayImport.join(", ") || "–"])),
    )
  },
)
