import type { OpenCreate, Peering, StreamEvent } from "@peering-desk/shared-schemas"
import { toFace } from "./order.ts"

/** A project as a page shows it after everything that its stream brought. */
export interface Shown {
  peerings: Map<string, Peering>
  creates: readonly OpenCreate[]
}

/** Something that a stream said of a connection: what it is, or null for gone. */
export interface Said {
  projectId: string
  id: string
  face: string | null
}

/** Applies an event to the projects of a page. Returns what the event said, in its order. */
export function fold(pages: Map<string, Shown>, event: StreamEvent): Said[] {
  const { projectId } = event.data
  const shown = pages.get(projectId) ?? { peerings: new Map<string, Peering>(), creates: [] }
  pages.set(projectId, shown)
  switch (event.event) {
    case "snapshot": {
      const { peerings, creates = [] } = event.data
      const gone = [...shown.peerings.keys()].filter((id) => !peerings.some((one) => one.id === id))
      pages.set(projectId, { peerings: new Map(peerings.map((one) => [one.id, one])), creates })
      return [...gone.map((id) => ({ projectId, id, face: null })), ...peerings.map(toSaid)]
    }
    case "peering":
      shown.peerings.set(event.data.id, event.data)
      return [toSaid(event.data)]
    case "gone":
      shown.peerings.delete(event.data.id)
      return [{ projectId, id: event.data.id, face: null }]
    case "creates":
      shown.creates = event.data.creates
      return []
    // Comes only to a page that names its list.
    case "resync":
    case "watch":
      return []
  }
}

function toSaid({ projectId, id, raw }: Peering): Said {
  return { projectId, id, face: toFace(raw) }
}

/** Returns what is compared of a project: each connection with its display name, and each open create. */
export function toSummary(peerings: Iterable<Peering>, creates: readonly OpenCreate[]): string[] {
  return [
    ...[...peerings].map(({ id, raw, label }) => `${id} ${toFace(raw)} ${label ?? ""}`),
    ...creates.map(({ key, state }) => `${key} ${state}`),
  ].toSorted()
}

/** Describes how two summaries differ, in few words; null when they are the same. */
export function toDifference(one: readonly string[], other: readonly string[]): string | null {
  const only = (left: readonly string[], right: readonly string[]) =>
    left.filter((line) => !right.includes(line))
  const [left, right] = [only(one, other), only(other, one)]
  if (left.length + right.length === 0) return null
  const show = (lines: readonly string[]) => (lines.length === 0 ? "nothing" : lines.slice(0, 3).join("; "))
  return `${show(left)} | ${show(right)}`
}
