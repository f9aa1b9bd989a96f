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

/** What is drawn behind the rows and around them. */
const wholeRow = { top: 0, height: laneRows.ruler.top }

/** Narrower than this a block could not be seen. */
const leastWidth = 3

/** CSS pixels, from the upper left of the lane. */
export interface Place {
  left: number
  width: number
  top: number
  height: number
}

/** Whether some of a block is in view. */
export function isInView({ first, last }: AddressBlock, view: LaneView): boolean {
  return last >= view.first && first < view.first + view.size
}

/**
 * Where a block is drawn. Blocks of one kind that lie in one another become less high, so that each can be seen.
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

/** The block under a point, the smallest of those that lie in one another; null when there is none. */
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
