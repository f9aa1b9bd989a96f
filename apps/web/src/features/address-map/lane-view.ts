import { readCidrRange, type CidrRange } from "@peering-desk/peering-rules"
import { privateRanges } from "@peering-desk/shared-schemas"

/** One private range, drawn to a scale of its own. Addresses are unsigned 32-bit numbers, sizes are counts of addresses. */
export interface Lane {
  cidr: string
  first: number
  size: number
}

/** The part of a lane that is seen; its ends need not be whole addresses. */
export interface LaneView {
  first: number
  size: number
}

export const lanes: readonly Lane[] = privateRanges.flatMap((cidr) => {
  const range = readCidrRange(cidr)
  return range === null ? [] : [{ cidr, first: range.first, size: range.last - range.first + 1 }]
})

/** Fewer addresses than this are not looked at: there is nothing to tell apart. */
const leastSize = 32

/** How much of the view a block takes up when it is zoomed to. */
const blockShare = 0.25

/** The range between two addresses, as near as the lane allows. */
export function toView(lane: Lane, first: number, size: number): LaneView {
  const seen = Math.min(lane.size, Math.max(leastSize, size))
  const last = lane.first + lane.size - seen
  return { first: Math.min(last, Math.max(lane.first, first)), size: seen }
}

/** All of a lane; the same object each time. */
export function toWholeView(lane: Lane): LaneView {
  return lane
}

export function isWholeView(lane: Lane, { size }: LaneView): boolean {
  return size >= lane.size
}

/**
 * Nearer or farther, so that what is under the pointer stays there.
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

/** A block in the middle, with what is around it. */
export function toViewOfBlock(lane: Lane, { first, last }: CidrRange): LaneView {
  const size = (last - first + 1) / blockShare
  return toView(lane, (first + last + 1) / 2 - Math.max(leastSize, size) / 2, size)
}

/** Whether a block lies in a lane, wholly or in part. */
export function isInLane(lane: Lane, { first, last }: CidrRange): boolean {
  return first < lane.first + lane.size && last >= lane.first
}

/** The lane that a block lies in; null when all of it is outside of the private ranges. */
export function findLane(range: CidrRange): Lane | null {
  return lanes.find((lane) => isInLane(lane, range)) ?? null
}

/**
 * Addresses to write along a view: multiples of a power of two, so that they are where blocks begin.
 * @param most how many there is room for
 */
export function toTicks({ first, size }: LaneView, most: number): number[] {
  const step = 2 ** Math.max(0, Math.ceil(Math.log2(size / Math.max(1, most))))
  const ticks: number[] = []
  for (let tick = Math.ceil(first / step) * step; tick < first + size; tick += step) ticks.push(tick)
  return ticks
}
