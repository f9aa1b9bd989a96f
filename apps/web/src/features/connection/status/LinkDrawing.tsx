import { useState } from "react"
import { Icon } from "#ui/marks/Icon.tsx"
import type { LinkShape } from "#ui/marks/link-shape.ts"
import type { Tone } from "#ui/marks/Pill.tsx"
import type { LabelLine, LinkLabel } from "./link-labels.ts"
import { buildStrokes, type Stroke } from "./link-strokes.ts"
import styles from "./LinkDrawing.module.css"

/** Draws the link between the two networks, from left to right or, where there is no room, from top to bottom. Its labels say the same. */
export function LinkDrawing({
  shape,
  tone,
  labels,
  isStale,
}: {
  shape: LinkShape
  tone: Tone
  labels: readonly LinkLabel[]
  /** Keeps the shape and drops the colour. */
  isStale: boolean
}) {
  const [first] = useState(shape)
  return (
    <div className={styles.link} data-shape={shape} data-tone={tone} data-stale={isStale || undefined}>
      {/* A new shape is a new drawing, which appears in 200 ms. */}
      <div key={shape} className={styles.drawing} data-changed={first !== shape || undefined}>
        <Drawing shape={shape} direction="across" />
        <Drawing shape={shape} direction="down" />
      </div>
      {labels.map(({ at, isState = false, above, below }) => (
        <div key={at} className={styles.label} data-at={at} data-state={isState || undefined}>
          <p className={styles.above}>{above !== null && <Line line={above} />}</p>
          <p className={styles.below}>{below !== null && <Line line={below} />}</p>
        </div>
      ))}
    </div>
  )
}

function Line({ line: { words, mono = false, icon } }: { line: LabelLine }) {
  return (
    <>
      {icon !== undefined && <Icon name={icon} />}
      {mono ? <code>{words}</code> : words}
    </>
  )
}

type Direction = "across" | "down"

/** The part of the length that a cross needs on either side: the link is shorter from top to bottom. */
const gaps: Record<Direction, number> = { across: 0.055, down: 0.18 }

function Drawing({ shape, direction }: { shape: LinkShape; direction: Direction }) {
  return (
    <svg
      aria-hidden="true"
      className={`${styles.svg} ${styles[direction]}`}
      fill="none"
      strokeLinecap="round"
    >
      {buildStrokes(shape, gaps[direction]).map((stroke, index) => (
        // The strokes of a shape keep their order.
        // oxlint-disable-next-line react/no-array-index-key
        <StrokeMark key={index} stroke={stroke} direction={direction} />
      ))}
    </svg>
  )
}

function StrokeMark({ stroke, direction }: { stroke: Stroke; direction: Direction }) {
  const place = (at: number) => `${at * 100}%`
  const point = (at: number) =>
    direction === "across" ? { x: place(at), y: "50%" } : { x: "50%", y: place(at) }
  const { tone } = stroke
  switch (stroke.kind) {
    case "line": {
      const [from, to] = [point(stroke.from), point(stroke.to)]
      return (
        <line
          x1={from.x}
          y1={from.y}
          x2={to.x}
          y2={to.y}
          className={stroke.style === undefined ? undefined : styles[stroke.style]}
          data-tone={tone}
        />
      )
    }
    case "ring":
    case "dot": {
      const { x, y } = point(stroke.at)
      const isDot = stroke.kind === "dot"
      const kind = isDot ? styles.dot : stroke.isBroken === true ? styles.brokenRing : styles.ring
      return <circle cx={x} cy={y} r={isDot ? 7 : 6.5} className={kind} data-tone={tone} />
    }
    case "cross":
    case "bar":
    case "question": {
      const { x, y } = point(stroke.at)
      const across = direction === "across" ? "M0-11V11" : "M-11 0H11"
      return (
        <svg x={x} y={y} className={styles.mark}>
          {stroke.kind === "question" ? (
            <text className={styles.question}>?</text>
          ) : (
            <path data-tone={tone} d={stroke.kind === "cross" ? "M-7-7L7 7M7-7L-7 7" : across} />
          )}
        </svg>
      )
    }
  }
}
