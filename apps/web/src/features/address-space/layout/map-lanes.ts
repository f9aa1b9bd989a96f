import type { AddressBlock, AddressConflict } from "@peering-desk/peering-rules"
import { providerLabels, providerNames, type ProviderName } from "@peering-desk/shared-schemas"
import type { Segment } from "./map-segments.ts"

export type LaneMode = "project" | "cloud"

/** A shape in a lane: equal blocks of one kind, or the blocks of a merged column. */
export interface Shape {
  key: string
  /** Columns of the map, the second one excluded. */
  from: number
  to: number
  /** The row within its lane, from 0. */
  row: number
  isMerged: boolean
  kind: "container" | "peer" | "draft"
  blocks: AddressBlock[]
  conflicts: AddressConflict[]
}

export interface Lane {
  key: string
  title: string
  /** The only cloud of its blocks; null for several. */
  cloud: ProviderName | null
  rowCount: number
  shapes: Shape[]
}

/** Places the blocks into lanes. A network of several projects is in the lane of each. */
export function toLanes(
  blocks: readonly AddressBlock[],
  segments: readonly Segment[],
  conflicts: readonly AddressConflict[],
  mode: LaneMode,
): Lane[] {
  const conflictsOf = groupConflicts(conflicts)
  const byLane = new Map<string, { title: string; blocks: AddressBlock[] }>()
  for (const block of blocks) {
    for (const [key, title] of listLaneNames(block, mode)) {
      const lane = byLane.get(key) ?? { title, blocks: [] }
      lane.blocks.push(block)
      byLane.set(key, lane)
    }
  }
  return [...byLane]
    .map(([key, { title, blocks: own }]) => {
      const shapes = toShapes(key, own, segments, conflictsOf)
      const clouds = new Set(own.map(({ providerName }) => providerName))
      return {
        key,
        title,
        cloud: clouds.size === 1 ? (own[0]?.providerName ?? null) : null,
        rowCount: Math.max(1, ...shapes.map(({ row }) => row + 1)),
        shapes,
      }
    })
    .sort((a, b) => toOrder(a) - toOrder(b) || a.title.localeCompare(b.title))
}

function listLaneNames(block: AddressBlock, mode: LaneMode): [key: string, title: string][] {
  if (block.kind === "draft") return [["proposed", "Proposed"]]
  if (mode === "cloud") {
    return block.providerName === null ? [] : [[block.providerName, providerLabels[block.providerName]]]
  }
  return block.projects.map(({ id, name }) => [id, name])
}

/** Sorts the proposed block first and clouds in their usual order. */
function toOrder({ key }: { key: string }): number {
  return key === "proposed" ? -1 : Math.max(0, providerNames.indexOf(key as ProviderName))
}

function toShapes(
  laneKey: string,
  blocks: readonly AddressBlock[],
  segments: readonly Segment[],
  conflictsOf: ReadonlyMap<string, AddressConflict[]>,
): Shape[] {
  const byKey = new Map<string, Shape>()
  for (const block of blocks) {
    const from = findSegment(segments, block.first)
    const to = findSegment(segments, block.last) + 1
    const isMerged = to === from + 1 && segments[from]?.kind === "merged"
    const { kind } = block
    if (to <= from || kind === "well-known") continue
    const key = `${laneKey} ${kind} ${isMerged ? `merged ${from}` : block.cidr}`
    const shape = byKey.get(key) ?? { key, from, to, row: 0, isMerged, kind, blocks: [], conflicts: [] }
    shape.blocks.push(block)
    shape.conflicts = [...new Set([...shape.conflicts, ...(conflictsOf.get(block.id) ?? [])])]
    byKey.set(key, shape)
  }
  return placeInRows([...byKey.values()])
}

/** Moves a shape down a row as long as another one is in its columns. */
function placeInRows(shapes: Shape[]): Shape[] {
  const rowEnds: number[] = []
  const sorted = shapes.toSorted((a, b) => a.from - b.from || b.to - a.to || a.kind.localeCompare(b.kind))
  for (const shape of sorted) {
    const free = rowEnds.findIndex((end) => end <= shape.from)
    shape.row = free === -1 ? rowEnds.length : free
    rowEnds[shape.row] = shape.to
  }
  return sorted
}

/** Finds the column of an address by bisection; the nearest one for an address outside. */
function findSegment(segments: readonly Segment[], address: number): number {
  let [low, high] = [0, segments.length - 1]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((segments[middle]?.first ?? 0) <= address) low = middle
    else high = middle - 1
  }
  return low
}

function groupConflicts(conflicts: readonly AddressConflict[]): Map<string, AddressConflict[]> {
  const byBlock = new Map<string, AddressConflict[]>()
  for (const conflict of conflicts) {
    for (const { id } of [conflict.outer, conflict.inner])
      byBlock.set(id, [...(byBlock.get(id) ?? []), conflict])
  }
  return byBlock
}
