import type { AddressBlock } from "@peering-desk/peering-rules"
import { memo, useCallback, useId, useState, type RefObject } from "react"
import { Button } from "#ui/Button.tsx"
import styles from "./address-space.module.css"
import { formatAddress, toBlockWords } from "#copy/address-blocks.ts"
import { formatCount } from "#copy/counts.ts"
import { isInView } from "./lane-picture.ts"
import { LaneCanvas } from "./LaneCanvas.tsx"
import { isWholeView, panView, toWholeView, zoomView, type Lane, type LaneView } from "./lane-view.ts"

export type Move = (lane: Lane, view: LaneView) => LaneView

const moves: { sign: string; name: string; move: Move }[] = [
  { sign: "←", name: "Left", move: (lane, view) => panView(lane, view, -0.5) },
  { sign: "→", name: "Right", move: (lane, view) => panView(lane, view, 0.5) },
  { sign: "−", name: "Zoom out", move: (lane, view) => zoomView(lane, view, 0.5) },
  { sign: "+", name: "Zoom in", move: (lane, view) => zoomView(lane, view, 2) },
  { sign: "Whole", name: "Whole range", move: toWholeView },
]

/** One private range: the part in view in words, buttons that move it, and the drawing. */
export const LaneCard = memo(function LaneCard({
  lane,
  blocks,
  view,
  chosenCidr,
  slider,
  onMove,
  onPick,
}: {
  lane: Lane
  /** The blocks in this lane. */
  blocks: readonly AddressBlock[]
  view: LaneView
  chosenCidr: string | null
  slider: RefObject<HTMLInputElement | null>
  onMove: (lane: Lane, move: Move) => void
  onPick: (block: AddressBlock) => void
}) {
  const id = useId()
  const [pointed, setPointed] = useState<AddressBlock | null>(null)
  const moveBy = useCallback((move: Move) => onMove(lane, move), [lane, onMove])
  const moveTo = useCallback((next: LaneView) => onMove(lane, () => next), [lane, onMove])
  const seen = toSeenWords(lane, blocks, view)
  return (
    <section className={styles.lane} aria-labelledby={`${id}-title`}>
      <div className={styles.laneHead}>
        <h3 id={`${id}-title`} className="mono">
          {lane.cidr}
        </h3>
        <p className={styles.seen}>
          {pointed === null ? seen : `${pointed.cidr} · ${toBlockWords(pointed)}`}
        </p>
        <LaneMoves lane={lane} onMove={moveBy} />
      </div>
      <LaneCanvas
        lane={lane}
        blocks={blocks}
        view={view}
        chosenCidr={chosenCidr}
        seen={seen}
        slider={slider}
        onGrab={() => slider.current?.focus({ preventScroll: true })}
        onView={moveTo}
        onPick={onPick}
        onPoint={setPointed}
      />
      <Overview lane={lane} view={view} />
    </section>
  )
})

/** Buttons that move a lane, for people without wheel or keyboard. */
const LaneMoves = memo(function LaneMoves({ lane, onMove }: { lane: Lane; onMove: (move: Move) => void }) {
  return (
    <div className={styles.moves}>
      {moves.map(({ sign, name, move }) => (
        <Button key={name} size="small" aria-label={`${name}, ${lane.cidr}`} onClick={() => onMove(move)}>
          {sign}
        </Button>
      ))}
    </div>
  )
})

/** Where in the whole lane the part that is seen lies. */
function Overview({ lane, view }: { lane: Lane; view: LaneView }) {
  const left = ((view.first - lane.first) / lane.size) * 100
  const share = Math.max(0.004, view.size / lane.size)
  return (
    <div className={styles.overview} aria-hidden="true">
      <div
        className={styles.window}
        style={{ transform: `translateX(${left}%) scaleX(${share})` }}
        data-whole={isWholeView(lane, view)}
      />
    </div>
  )
}

/** "10.8.0.0 to 10.15.255.255 · 12 blocks". */
function toSeenWords(lane: Lane, blocks: readonly AddressBlock[], view: LaneView): string {
  let count = 0
  for (const block of blocks) if (block.kind !== "well-known" && isInView(block, view)) count += 1
  const end = view.first + view.size
  const last = Math.min(lane.first + lane.size, Math.ceil(end)) - 1
  return `${formatAddress(view.first)} to ${formatAddress(last)} · ${formatCount(count, "block")}`
}
