import { readCidrRange, type AddressBlock } from "@peering-desk/peering-rules"
import { createRef, useCallback, useEffect, useMemo, useRef, useState } from "react"
import { Card } from "#ui/Card.tsx"
import styles from "./address-space.module.css"
import { LaneCard, type Move } from "./LaneCard.tsx"
import {
  findLane,
  isInLane,
  lanes,
  toViewOfBlock,
  toWholeView,
  type Lane,
  type LaneView,
} from "./lane-view.ts"
import { MapLegend } from "./MapLegend.tsx"

type Views = Readonly<Record<string, LaneView>>

/** The zoom target. A new object zooms again, also to the same block. */
export interface Sight {
  /** Canonical; null shows everything. */
  cidr: string | null
  takesFocus: boolean
}

/** Draws the private ranges, each to scale, with every block in its place. */
export function AddressMap({
  blocks,
  sight,
  onPick,
}: {
  blocks: readonly AddressBlock[]
  sight: Sight
  onPick: (block: AddressBlock) => void
}) {
  const [views, setViews] = useState(() => toViews(sight.cidr))
  const [sliders] = useState(() => new Map(lanes.map((lane) => [lane, createRef<HTMLInputElement>()])))
  const shown = useRef(sight)

  useEffect(() => {
    if (shown.current === sight) return
    shown.current = sight
    setViews(toViews(sight.cidr))
    const lane = sight.cidr === null ? null : findLaneOf(sight.cidr)
    if (lane !== null && sight.takesFocus) sliders.get(lane)?.current?.focus()
  }, [sight, sliders])

  const move = useCallback((lane: Lane, toNext: Move) => {
    setViews((before) => ({ ...before, [lane.cidr]: toNext(lane, viewOf(before, lane)) }))
  }, [])
  const inLanes = useMemo(
    () =>
      [...sliders].map(([lane, slider]) => ({
        lane,
        slider,
        inLane: blocks.filter((block) => isInLane(lane, block)),
      })),
    [blocks, sliders],
  )

  return (
    <Card title="Map">
      <MapLegend />
      <p id="map-keys" className={styles.keys}>
        Wheel or + and − to zoom, drag or arrow keys to move, Home for the whole range.
      </p>
      {inLanes.map(({ lane, slider, inLane }) => (
        <LaneCard
          key={lane.cidr}
          lane={lane}
          blocks={inLane}
          view={viewOf(views, lane)}
          chosenCidr={sight.cidr}
          slider={slider}
          onMove={move}
          onPick={onPick}
        />
      ))}
    </Card>
  )
}

function viewOf(views: Views, lane: Lane): LaneView {
  return views[lane.cidr] ?? toWholeView(lane)
}

function findLaneOf(cidr: string): Lane | null {
  const range = readCidrRange(cidr)
  return range === null ? null : findLane(range)
}

/** Returns a zoomed view for the lane of the block. Other lanes show all. */
function toViews(cidr: string | null): Views {
  const range = cidr === null ? null : readCidrRange(cidr)
  const lane = range === null ? null : findLane(range)
  return range === null || lane === null ? {} : { [lane.cidr]: toViewOfBlock(lane, range) }
}
