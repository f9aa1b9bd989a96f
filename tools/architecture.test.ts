import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { expect, test } from "vitest"
import { workspaces, type Room } from "./rooms.ts"

const page = readFileSync(fileURLToPath(new URL("../docs/rooms.md", import.meta.url)), "utf8")

/** Returns a workspace's table as room → what its last column lets it import. `features/*` counts for each feature. */
function readTable(workspace: string, rooms: readonly Room[]): Map<string, string[]> {
  const section = page.split(`## ${workspace}/src\n`)[1]?.split(/^##/m)[0] ?? ""
  const table = new Map<string, string[]>()
  for (const line of section.split("\n")) {
    const [, name, , cell = ""] = /^\| `([\w/*-]+)`\s*\|(.*)\|\s*([^|]+?)\s*\|$/.exec(line) ?? []
    if (name === undefined) continue
    const named = cell.split(",").map((part) => part.trim())
    for (const room of expand(name, rooms)) table.set(room, named)
  }
  return table
}

function expand(name: string, rooms: readonly Room[]): string[] {
  if (!name.endsWith("/*")) return [name]
  const parent = name.slice(0, -1)
  return rooms
    .map(({ room }) => room)
    .filter((room) => room.startsWith(parent) && !room.slice(parent.length).includes("/"))
}

/** Resolves `a +` to `a` and everything that `a` may import, and `–` to nothing. */
function resolve(named: readonly string[], rooms: readonly Room[]): string[] {
  const all = named.flatMap((part) => {
    const room = part.replace(/ \+$/, "")
    const further = rooms.find((one) => one.room === room)?.mayImport ?? []
    return part === "–" ? [] : [room, ...(part.endsWith("+") ? further : [])]
  })
  return [...new Set(all)].sort()
}

/** Leaves out a room's own sub-rooms, which the tables do not name. */
function withoutOwn(room: string, imports: readonly string[]): string[] {
  return [...new Set(imports)].filter((other) => !other.startsWith(`${room}/`)).sort()
}

test.each(workspaces)(
  "the table of $workspace in docs/rooms.md names each room and what it may import",
  ({ workspace, rooms, withoutFence }) => {
    const table = readTable(workspace, rooms)
    for (const room of withoutFence) table.delete(room)
    const isSubRoom = (room: string) => [...table.keys()].some((other) => room.startsWith(`${other}/`))
    const fenced = rooms.filter(({ room }) => table.has(room) || !isSubRoom(room))
    const documented = [...table].map(([room, named]) => [room, withoutOwn(room, resolve(named, rooms))])
    expect(Object.fromEntries(documented)).toEqual(
      Object.fromEntries(fenced.map(({ room, mayImport }) => [room, withoutOwn(room, mayImport)])),
    )
  },
)
