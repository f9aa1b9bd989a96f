import { workspaces, type Room, type Workspace } from "./rooms.ts"

const begin = "    // fences: begin (written by `pnpm fences` from tools/rooms.ts)\n"
const end = "    // fences: end\n"

/** Returns the lint configuration with its fence rows replaced by those of `rooms.ts`. */
export function withFences(configuration: string): string {
  const from = configuration.indexOf(begin)
  const until = configuration.indexOf(end)
  if (from < 0 || until < from) throw new Error("The fence markers are missing in .oxlintrc.json")
  const rows = workspaces.flatMap((workspace) =>
    // A later row replaces an earlier one for the same file, so a sub-room comes after its parent.
    [...workspace.rooms]
      .sort((one, other) => depthOf(one) - depthOf(other))
      .map((room) => `    ${JSON.stringify(toFence(workspace, room))},\n`),
  )
  return configuration.slice(0, from) + begin + rows.join("") + configuration.slice(until)
}

function toFence({ workspace, mayNotUse }: Workspace, room: Room) {
  const allowed = [room.room, ...room.mayImport]
  const group = [
    ...mayNotUse,
    ...(room.mayNotUse ?? []),
    "#*",
    "#*/**",
    ...allowed.map((name) => `!#${name}/**`),
  ]
  const names = room.mayImport.length === 0 ? "no other room" : room.mayImport.join(", ")
  const message = `${room.room} may import: ${names}. See tools/rooms.ts.`
  return {
    files: [`${workspace}/src/${room.room}/**`],
    rules: { "no-restricted-imports": ["error", { patterns: [{ group, message }] }] },
  }
}

function depthOf({ room }: Room): number {
  return room.split("/").length
}
