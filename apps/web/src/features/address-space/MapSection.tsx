import { countFreeBlocks, type CidrRange } from "@peering-desk/peering-rules"
import { Fragment, useId, useRef, type CSSProperties } from "react"
import { formatShortAddress } from "#copy/address-blocks.ts"
import { CloudMark } from "#ui/marks/CloudMark.tsx"
import { useIsHydrated } from "#ui/first-render.ts"
import { toMapKey, useMapKeys } from "#features/address-space/layout/use-map-keys.ts"
import type { Lane } from "#features/address-space/layout/map-lanes.ts"
import type { Segment } from "#features/address-space/layout/map-segments.ts"
import { MapColumn } from "./MapColumn.tsx"
import { MapShape } from "./MapShape.tsx"
import styles from "./map.module.css"

const laneHeight = 38
const rowHeight = 26
/** With the usual margins, in pixels. */
const paperWidth = 690
const labelWidth = 100

/** One drawing: an axis of columns, free columns over its whole height, and a lane for each project or cloud. */
export function MapSection({
  title,
  note,
  segments,
  lanes,
  prefix,
  chosenCidr,
  isOpened,
  onFree,
  onOpen,
}: {
  title: string
  note: string
  segments: readonly Segment[]
  lanes: readonly Lane[]
  prefix: number
  chosenCidr: string | null
  /** It is a part of the map, which zooms out. */
  isOpened: boolean
  onFree: (range: CidrRange) => void
  /** Opens a range, or everything with null. */
  onOpen: (cidr: string | null) => void
}) {
  const titleId = useId()
  const isHydrated = useIsHydrated()
  const grid = useRef<HTMLDivElement>(null)
  const keys = useMapKeys(grid, { chosenCidr, onZoomOut: isOpened ? () => onOpen(null) : null })
  const columns = segments.map((segment) => toTrack(segment, prefix))
  const tracks = {
    "--columns": columns.map(({ least, most }) => `minmax(${least}px, ${most})`).join(" "),
    "--lanes":
      lanes.map(({ rowCount }) => `${laneHeight + (rowCount - 1) * rowHeight}px`).join(" ") || "38px",
  } as CSSProperties

  return (
    <section aria-labelledby={titleId}>
      <h2 id={titleId} className="below-8">
        {title} <span className={`quiet text-13 regular ${styles.note}`}>{note}</span>
      </h2>
      <div className={`scroll-x ${styles.scroll}`} style={toPaper(columns)}>
        <div
          ref={grid}
          role="toolbar"
          // Before the script is there, no shape is a tab stop, and the map scrolls by keyboard.
          tabIndex={isHydrated ? -1 : 0}
          aria-labelledby={titleId}
          className={`grid anchor ${styles.grid}`}
          style={tracks}
          onKeyDown={keys}
        >
          <div className={`rounded on-trough own-colours ${styles.trough}`} aria-hidden="true" />
          {segments.map((segment, index) => (
            <MapColumn
              key={segment.first}
              segment={segment}
              column={index + 2}
              prefix={prefix}
              lanes={lanes}
              onFree={onFree}
              onOpen={onOpen}
            />
          ))}
          {lanes.map((lane, index) => (
            <Fragment key={lane.key}>
              <div className="line-above full-row" style={{ gridRow: index + 2 }} aria-hidden="true" />
              <div className={`line narrow text-13 ${styles.label}`} style={{ gridRow: index + 2 }}>
                {lane.cloud !== null && <CloudMark cloud={lane.cloud} decorative={lane.key === lane.cloud} />}
                <span className="cut narrow" title={lane.title}>
                  {lane.title}
                </span>
              </div>
              {lane.shapes.map((shape) => (
                <MapShape
                  key={shape.key}
                  shape={shape}
                  place={{
                    gridRow: index + 2,
                    gridColumn: `${shape.from + 2} / ${shape.to + 2}`,
                    marginTop: 7 + shape.row * rowHeight,
                  }}
                  isChosen={shape.blocks.some(({ cidr }) => cidr === chosenCidr)}
                  mapKey={toMapKey(shape.from, index)}
                  segment={segments[shape.from]}
                  onOpen={onOpen}
                />
              ))}
            </Fragment>
          ))}
        </div>
      </div>
    </section>
  )
}

interface Track {
  /** In pixels: enough for its words. */
  least: number
  /** Its share of the rest. */
  most: string
}

/** Returns the width of a column. */
function toTrack(segment: Segment, prefix: number): Track {
  const { kind, first } = segment
  if (kind === "free") {
    const count = countFreeBlocks(segment, prefix)
    return count === 0 ? { least: 8, most: "8px" } : { least: count < 1000 ? 34 : 44, most: "0.9fr" }
  }
  if (kind === "reserved") return { least: 64, most: "0.8fr" }
  if (kind === "merged") return { least: 64, most: "1.2fr" }
  return { least: Math.round(Math.max(36, formatShortAddress(first).length * 6.7 + 3)), most: "1fr" }
}

/** Makes the drawing as narrow as an upright sheet of A4 or Letter: a browser would cut it. */
function toPaper(columns: readonly Track[]): CSSProperties {
  const width = columns.reduce((sum, { least }) => sum + least, labelWidth)
  return { "--on-paper": Math.min(1, paperWidth / width).toFixed(2) } as CSSProperties
}
