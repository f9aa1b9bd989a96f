import type { AddressBlock } from "@peering-desk/peering-rules"
import type { LaneView } from "./lane-view.ts"

/** Heights in CSS pixels, from above: the containers, the overlaps, the networks, the addresses along the edge. */
const rowHeight = 34
const gap = 14
export const laneRows = {
  container: { top: 6, height: rowHeight },
  overlaps: { top: 6 + rowHeight, height: gap },
  peer: { top: 6 + rowHeight + gap, height: rowHeight },
  ruler: { top: 6 + 2 * rowHeight + gap + 6, height: 18 },
}
export const laneHeight = laneRows.ruler.top + laneRows.ruler.height

/** Holds what is drawn behind and around the rows. */
const wholeRow = { top: 0, height: laneRows.ruler.top }

/** A narrower block would be invisible. */
const leastWidth = 3

/** CSS pixels, from the upper left of the lane. */
export interface Place {
  left: number
  width: number
  top: number
  height: number
}

/** Tells if a part of a block is in view. */
export function isInView({ first, last }: AddressBlock, view: LaneView): boolean {
  return last >= view.first && first < view.first + view.size
}

/**
 * Computes where a block is drawn. Nested blocks of one kind get lower, so that each stays visible.
 * @param width of the whole lane
 */
export function toPlace(block: AddressBlock, view: LaneView, width: number): Place {
  const perAddress = width / view.size
  const left = Math.max(-2, (block.first - view.first) * perAddress)
  const right = Math.min(width + 2, (block.last + 1 - view.first) * perAddress)
  const row = toRow(block)
  const inset = row === wholeRow ? 0 : Math.min(block.depth, 3) * 4
  return {
    left,
    width: Math.max(leastWidth, right - left),
    top: row.top + inset,
    height: row.height - 2 * inset,
  }
}

function toRow({ kind }: AddressBlock): { top: number; height: number } {
  return kind === "container" || kind === "peer" ? laneRows[kind] : wholeRow
}

const drawOrder = ["well-known", "container", "peer", "draft"]

/** Finds the smallest block under a point; null without one. */
export function findBlockAt(
  blocks: readonly AddressBlock[],
  view: LaneView,
  width: number,
  point: { x: number; y: number },
): AddressBlock | null {
  let found: AddressBlock | null = null
  for (const block of blocks) {
    if (!isInView(block, view)) continue
    const { top, height } = toRow(block)
    if (point.y < top || point.y > top + height) continue
    const { left, width: across } = toPlace(block, view, width)
    if (point.x < left - 1 || point.x > left + across + 1) continue
    if (found === null || drawOrder.indexOf(block.kind) >= drawOrder.indexOf(found.kind)) found = block
  }
  return found
}
