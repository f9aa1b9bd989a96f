import type { AddressBlock } from "@peering-desk/peering-rules"
import { useLayoutEffect, useMemo, useRef, type Ref } from "react"
import styles from "./address-space.module.css"
import { drawLane } from "./draw-lane.ts"
import { readPalette, type Palette } from "./lane-palette.ts"
import { findBlockAt, laneHeight } from "./lane-picture.ts"
import { toView, type Lane, type LaneView } from "./lane-view.ts"
import { useCanvasWidth } from "./use-canvas-width.ts"
import { useDark } from "./use-dark.ts"
import { useLaneInput } from "./use-lane-input.ts"

/**
 * The drawing of a lane and the inputs that move it. For screen readers it is a slider whose value is the part in view; the table has
 * the blocks.
 */
export function LaneCanvas({
  lane,
  blocks,
  view,
  chosenCidr,
  seen,
  slider,
  onView,
  onGrab,
  onPick,
  onPoint,
}: {
  lane: Lane
  blocks: readonly AddressBlock[]
  view: LaneView
  chosenCidr: string | null
  /** The part in view, in words. */
  seen: string
  /** The element that takes the focus. */
  slider: Ref<HTMLInputElement>
  onView: (view: LaneView) => void
  /** The pointer pressed the drawing. */
  onGrab: () => void
  onPick: (block: AddressBlock) => void
  /** The block under the pointer; null without one. */
  onPoint: (block: AddressBlock | null) => void
}) {
  const area = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const palette = useRef<{ dark: boolean; colours: Palette } | null>(null)
  const width = useCanvasWidth(area)
  const dark = useDark()
  const find = (point: { x: number; y: number }) => findBlockAt(blocks, view, width, point)
  const { handlers, isDragging, toPoint } = useLaneInput(area, {
    lane,
    view,
    onView,
    onPress(point) {
      const block = find(point)
      if (block !== null) onPick(block)
    },
  })

  const scale = useMemo(() => Math.min(3, globalThis.devicePixelRatio || 1), [])
  useLayoutEffect(() => {
    const context = canvas.current?.getContext("2d")
    if (!context || area.current === null || width === 0) return
    if (palette.current?.dark !== dark) palette.current = { dark, colours: readPalette(area.current) }
    context.setTransform(scale, 0, 0, scale, 0, 0)
    drawLane(context, { blocks, view, width, chosenCidr, palette: palette.current.colours })
  }, [blocks, view, width, chosenCidr, dark, scale])

  return (
    <div className={styles.frame}>
      <input
        ref={slider}
        type="range"
        className={styles.slider}
        aria-roledescription="map"
        aria-label={`Map of ${lane.cidr}`}
        aria-valuetext={seen}
        aria-describedby="map-keys"
        min={lane.first}
        max={lane.first + lane.size - 1}
        step={1}
        value={Math.floor(view.first)}
        onKeyDown={handlers.onKeyDown}
        onChange={(event) => onView(toView(lane, Number(event.target.value), view.size))}
      />
      <div
        ref={area}
        className={styles.area}
        onPointerDown={(event) => {
          handlers.onPointerDown(event)
          onGrab()
        }}
        onPointerMove={(event) => {
          handlers.onPointerMove(event)
          onPoint(isDragging() ? null : find(toPoint(event)))
        }}
        onPointerUp={handlers.onPointerUp}
        onPointerCancel={handlers.onPointerCancel}
        onPointerLeave={() => onPoint(null)}
      >
        <canvas
          ref={canvas}
          className={styles.canvas}
          width={Math.round(width * scale)}
          height={Math.round(laneHeight * scale)}
          style={{ height: laneHeight }}
        />
      </div>
    </div>
  )
}
