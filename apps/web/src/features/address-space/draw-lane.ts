import type { AddressBlock } from "@peering-desk/peering-rules"
import { isOverlapped } from "./block-filter.ts"
import { formatAddress, toProjectWords } from "#copy/address-blocks.ts"
import type { Palette } from "./lane-palette.ts"
import { isInView, laneHeight, laneRows, toPlace, type Place } from "./lane-picture.ts"
import { toTicks, type LaneView } from "./lane-view.ts"

export interface LaneDrawing {
  /** The lane's blocks by first address. */
  blocks: readonly AddressBlock[]
  view: LaneView
  /** CSS pixels. */
  width: number
  /** The chosen block; null without one. */
  chosenCidr: string | null
  palette: Palette
}

const letterWidth = 7.3
const tickWidth = 110
/** A narrower network has no room for a fill. */
const leastOutlined = 5

/** Draws a lane. Row and shape (filled, outlined, dashed, hatched) show a block's kind, not colour alone. */
export function drawLane(context: CanvasRenderingContext2D, drawing: LaneDrawing): void {
  const { palette, width, view } = drawing
  context.clearRect(0, 0, width, laneHeight)
  context.font = palette.font
  context.textBaseline = "middle"
  drawRuler(context, drawing)
  const seen = drawing.blocks.filter((block) => isInView(block, view))
  for (const block of seen) {
    if (block.kind === "well-known") hatch(context, toPlace(block, view, width), palette)
  }
  drawRow(context, drawing, seen, "container")
  drawRow(context, drawing, seen, "peer")
  drawOverlaps(context, drawing, seen)
  for (const block of seen) {
    if (block.kind === "draft") outline(context, toPlace(block, view, width), palette.draft, [6, 4])
    else if (block.cidr === drawing.chosenCidr)
      outline(context, toPlace(block, view, width), palette.focus, [])
  }
}

/** Draws one row. Of narrow blocks on one pixel it draws one, which halves the work with thousands of blocks. */
function drawRow(
  context: CanvasRenderingContext2D,
  { view, width, palette }: LaneDrawing,
  seen: readonly AddressBlock[],
  kind: "container" | "peer",
) {
  let lastTick = Number.NEGATIVE_INFINITY
  let unwritten: { block: AddressBlock; place: Place } | null = null
  const writeUpTo = (edge: number) => {
    if (unwritten === null) return
    const { block, place } = unwritten
    write(context, block, place, edge, kind === "peer" ? palette.ink : palette.surface)
    unwritten = null
  }
  for (const block of seen) {
    if (block.kind !== kind) continue
    const place = toPlace(block, view, width)
    if (place.width <= leastOutlined && place.left - lastTick < 1) continue
    // A block inside it may hide its label.
    writeUpTo(place.left)
    context.fillStyle = palette.solid
    context.fillRect(place.left, place.top, place.width, place.height)
    if (place.width <= leastOutlined) {
      lastTick = place.left
      continue
    }
    if (kind === "peer") {
      context.fillStyle = palette.tint
      context.fillRect(place.left + 1.5, place.top + 1.5, place.width - 3, place.height - 3)
    } else {
      // Neighbours without a gap would look like one.
      context.fillStyle = palette.surface
      context.fillRect(place.left, place.top, 1, place.height)
    }
    unwritten = { block, place }
  }
  writeUpTo(width)
}

/** @param edge the right end of the label's room */
function write(
  context: CanvasRenderingContext2D,
  block: AddressBlock,
  place: Place,
  edge: number,
  colour: string,
) {
  const left = Math.max(0, place.left) + 6
  const letters = Math.floor((Math.min(edge, place.left + place.width) - left - 4) / letterWidth)
  if (letters < 7 || place.height < 14) return
  const words = `${block.cidr} ${toProjectWords(block)}`
  context.fillStyle = colour
  context.fillText(
    words.length > letters ? `${words.slice(0, letters - 1)}…` : words,
    left,
    place.top + place.height / 2,
  )
}

/** Draws diagonal lines behind everything. */
function hatch(context: CanvasRenderingContext2D, { left, top, width, height }: Place, palette: Palette) {
  context.save()
  context.beginPath()
  context.rect(left, top, width, height)
  context.clip()
  context.beginPath()
  for (let x = left; x < left + width + height; x += 9) {
    context.moveTo(x, top)
    context.lineTo(x - height, top + height)
  }
  context.strokeStyle = palette.line
  context.lineWidth = 1
  context.stroke()
  context.restore()
}

/** Draws a bar between the rows for overlaps, with a triangle where one fits. */
function drawOverlaps(
  context: CanvasRenderingContext2D,
  { view, width, palette }: LaneDrawing,
  seen: readonly AddressBlock[],
) {
  const { top, height } = laneRows.overlaps
  const bottom = top + height
  let drawnTo = Number.NEGATIVE_INFINITY
  let free = Number.NEGATIVE_INFINITY
  context.fillStyle = palette.marked
  for (const block of seen) {
    if (!isOverlapped(block)) continue
    const { left, width: across } = toPlace(block, view, width)
    // A block that lies within the ones before it adds nothing to the bar.
    if (left + across <= drawnTo) continue
    context.fillRect(left, bottom - 4, across, 3)
    drawnTo = left + across
    const middle = Math.max(6, left + across / 2)
    if (middle < free) continue
    free = middle + 16
    context.beginPath()
    context.moveTo(middle - 5, bottom - 4)
    context.lineTo(middle + 5, bottom - 4)
    context.lineTo(middle, top + 1)
    context.fill()
  }
}

function outline(context: CanvasRenderingContext2D, place: Place, colour: string, dashes: number[]) {
  context.strokeStyle = colour
  context.lineWidth = 2
  context.setLineDash(dashes)
  context.strokeRect(place.left - 1, place.top + 1, place.width + 2, place.height - 2)
  context.setLineDash([])
}

function drawRuler(context: CanvasRenderingContext2D, { view, width, palette }: LaneDrawing) {
  const { top, height } = laneRows.ruler
  context.fillStyle = palette.line
  context.fillRect(0, top, width, 1)
  for (const tick of toTicks(view, Math.floor(width / tickWidth))) {
    const x = ((tick - view.first) / view.size) * width
    context.fillStyle = palette.line
    context.fillRect(x, top, 1, 6)
    const words = formatAddress(tick)
    if (x + words.length * letterWidth > width) continue
    context.fillStyle = palette.muted
    context.fillText(words, x + 4, top + height / 2 + 2)
  }
}
