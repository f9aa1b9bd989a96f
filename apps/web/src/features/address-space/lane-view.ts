import { readCidrRange, type CidrRange } from "@peering-desk/peering-rules"
import { privateRanges } from "@peering-desk/shared-schemas"

/** One private range, drawn to its own scale. Addresses are unsigned 32-bit numbers, sizes are counts of addresses. */
export interface Lane {
  cidr: string
  first: number
  size: number
}

/** The part of a lane in view. Its ends can be fractions of addresses. */
export interface LaneView {
  first: number
  size: number
}

export const lanes: readonly Lane[] = privateRanges.flatMap((cidr) => {
  const range = readCidrRange(cidr)
  return range === null ? [] : [{ cidr, first: range.first, size: range.last - range.first + 1 }]
})

/** The smallest view, in addresses. A smaller one has nothing to tell apart. */
const leastSize = 32

/** The share of the view that a block fills after a zoom to it. */
const blockShare = 0.25

/** Builds a view, moved and cut to stay inside the lane. */
export function toView(lane: Lane, first: number, size: number): LaneView {
  const seen = Math.min(lane.size, Math.max(leastSize, size))
  const last = lane.first + lane.size - seen
  return { first: Math.min(last, Math.max(lane.first, first)), size: seen }
}

/** Returns the whole lane, always as the same object. */
export function toWholeView(lane: Lane): LaneView {
  return lane
}

export function isWholeView(lane: Lane, { size }: LaneView): boolean {
  return size >= lane.size
}

/**
 * Zooms in or out and keeps the address under the pointer in place.
 * @param factor 2 shows half as much
 * @param share where the pointer is, 0 for the left edge and 1 for the right one
 */
export function zoomView(lane: Lane, view: LaneView, factor: number, share = 0.5): LaneView {
  const size = Math.min(lane.size, Math.max(leastSize, view.size / factor))
  return toView(lane, view.first + (view.size - size) * share, size)
}

/** @param share how far to the right, 1 for one whole view */
export function panView(lane: Lane, view: LaneView, share: number): LaneView {
  return toView(lane, view.first + view.size * share, view.size)
}

/** Builds a view with a block in the middle and its surroundings. */
export function toViewOfBlock(lane: Lane, { first, last }: CidrRange): LaneView {
  const size = (last - first + 1) / blockShare
  return toView(lane, (first + last + 1) / 2 - Math.max(leastSize, size) / 2, size)
}

/** Tells if any part of a block is in a lane. */
export function isInLane(lane: Lane, { first, last }: CidrRange): boolean {
  return first < lane.first + lane.size && last >= lane.first
}

/** Finds the lane of a block; null when it is outside the private ranges. */
export function findLane(range: CidrRange): Lane | null {
  return lanes.find((lane) => isInLane(lane, range)) ?? null
}

/**
 * Lists the addresses to print along a view: multiples of a power of two, where blocks begin.
 * @param most how many fit
 */
export function toTicks({ first, size }: LaneView, most: number): number[] {
  const step = 2 ** Math.max(0, Math.ceil(Math.log2(size / Math.max(1, most))))
  const ticks: number[] = []
  for (let tick = Math.ceil(first / step) * step; tick < first + size; tick += step) ticks.push(tick)
  return ticks
}
