import { countFreeBlocks, wellKnownBlocks, readCidrRange, type CidrRange } from "@peering-desk/peering-rules"
import { formatAddress, formatShortAddress } from "#copy/address-blocks.ts"
import { formatCount } from "#copy/counts.ts"
import { toMapKey } from "#features/address-space/layout/use-map-keys.ts"
import type { Lane } from "#features/address-space/layout/map-lanes.ts"
import { isWithin } from "#features/address-space/layout/map-ranges.ts"
import { toHoldingCidr, type Segment } from "#features/address-space/layout/map-segments.ts"
import styles from "./map.module.css"

/** A gap of at most this many free blocks is about as wide as it would be to scale. */
const mostUnbroken = 2

/** One column: the address where its blocks begin, a free range, or a reserved one. */
export function MapColumn({
  segment,
  column,
  prefix,
  lanes,
  onFree,
  onOpen,
}: {
  segment: Segment
  column: number
  prefix: number
  lanes: readonly Lane[]
  onFree: (range: CidrRange) => void
  onOpen: (cidr: string | null) => void
}) {
  const ends = `${formatAddress(segment.first)} – ${formatAddress(segment.last)}`
  switch (segment.kind) {
    case "blocks":
      return (
        <span
          className={`mono anchor nowrap center quiet self-middle ${styles.tick}`}
          style={{ gridColumn: column }}
          aria-hidden="true"
        >
          {formatShortAddress(segment.first)}
        </span>
      )
    case "merged": {
      const cidr = toHoldingCidr(segment)
      const count = countBlocks(lanes, column - 2)
      return (
        <button
          type="button"
          className={`press inner-ring line narrow no-edge rounded-s nowrap quiet number ${styles.open}`}
          style={{ gridColumn: column }}
          data-printed
          data-map={toMapKey(column - 2, -1)}
          data-zoom=""
          tabIndex={-1}
          onClick={() => onOpen(cidr)}
        >
          <span className="mono">{formatShortAddress(segment.first)}</span>
          <span className="visually-hidden">
            Open {cidr}: {formatCount(count, "CIDR")}
          </span>
          <span aria-hidden="true">+ {count}</span>
        </button>
      )
    }
    case "free": {
      const count = countFreeBlocks(segment, prefix)
      if (count === 0) return null
      return (
        <button
          type="button"
          className={`press inner-ring line narrow edge-strong rounded-s nowrap quiet number container ${styles.free}`}
          style={{ gridColumn: column }}
          data-printed
          data-map={toMapKey(column - 2, -1)}
          tabIndex={-1}
          onClick={() => onFree(segment)}
        >
          <strong>{count.toLocaleString("en-US")}</strong>{" "}
          <span aria-hidden="true" className={`hidden ${styles.unit}`}>
            free /{prefix}
          </span>
          <span className="visually-hidden">
            free /{prefix}, {ends}
          </span>
          {count > mostUnbroken && (
            <span className={`small ${styles.break}`} aria-hidden="true">
              {"//"}
            </span>
          )}
        </button>
      )
    }
    case "reserved":
      return (
        <span
          className={`own-colours line narrow rounded-s nowrap quiet number ${styles.reserved}`}
          style={{ gridColumn: column }}
        >
          <span className="max-full clip ellipsis above-6 quiet">Reserved</span>
          <span className="visually-hidden">
            , {ends}: {listUsers(segment)}
          </span>
        </span>
      )
  }
}

function countBlocks(lanes: readonly Lane[], from: number): number {
  const shapes = lanes.flatMap((lane) => lane.shapes.filter((shape) => shape.isMerged && shape.from === from))
  return new Set(shapes.flatMap(({ blocks }) => blocks.map(({ id }) => id))).size
}

function listUsers(range: CidrRange): string {
  return wellKnownBlocks
    .filter(({ cidr }) => {
      const place = readCidrRange(cidr)
      return place !== null && isWithin(place, range)
    })
    .map(({ usedBy }) => usedBy)
    .join(", ")
}
