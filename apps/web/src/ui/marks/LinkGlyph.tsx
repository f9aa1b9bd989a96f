import styles from "./LinkGlyph.module.css"
import type { LinkShape } from "./link-shape.ts"

/**
 * The link between the two networks in a row: 64 × 14, your network left, Atlas right. Words beside it say the same.
 * @param isStale keeps the shape and drops the colour: the state is an old one
 */
export function LinkGlyph({ shape, isStale = false }: { shape: LinkShape; isStale?: boolean }) {
  return (
    <svg
      aria-hidden="true"
      className={`still ${styles.link}`}
      data-shape={shape}
      data-stale={isStale || undefined}
      viewBox="0 0 64 14"
      width="64"
      height="14"
      fill="none"
      strokeLinecap="round"
    >
      {drawings[shape]}
    </svg>
  )
}

const ring = (x: number, tone?: string) => <circle cx={x} cy="7" r="3.5" className={tone} />
const dot = (x: number, tone?: string) => (
  <circle cx={x} cy="7" r="4" className={[styles.filled, tone].filter(Boolean).join(" ")} />
)
const line = (from: number, to: number, tone?: string) => <path d={`M${from} 7H${to}`} className={tone} />
const cross = (x: number) => <path d={`M${x - 3} 4l6 6M${x + 3} 4l-6 6`} className={styles.failed} />

const drawings: Record<LinkShape, React.ReactNode> = {
  requesting: (
    <>
      {ring(5, styles.idle)}
      {line(13, 19, `${styles.idle} ${styles.dots}`)}
      {line(24, 55, styles.dashes)}
      {dot(59)}
    </>
  ),
  waiting: (
    <>
      {ring(5)}
      {line(13, 26, styles.dots)}
      <path d="M32 3v8M32 7H55" className={styles.works} />
      {dot(59, styles.works)}
    </>
  ),
  finalizing: (
    <>
      {dot(5)}
      {line(11, 54, styles.dashes)}
      {dot(59)}
    </>
  ),
  available: (
    <>
      {dot(5)}
      {line(9, 55)}
      {dot(59)}
    </>
  ),
  "failed-yours": (
    <>
      {ring(5, styles.failed)}
      {cross(18)}
      {line(27, 54, styles.idle)}
      {ring(59, styles.idle)}
    </>
  ),
  "failed-atlas": (
    <>
      {ring(5, styles.idle)}
      {line(10, 37, styles.idle)}
      {cross(46)}
      {ring(59, styles.failed)}
    </>
  ),
  "failed-between": (
    <>
      {ring(5, styles.failed)}
      {line(10, 24, styles.idle)}
      {cross(32)}
      {line(40, 54, styles.idle)}
      {ring(59, styles.failed)}
    </>
  ),
  "not-found": (
    <>
      {ring(5, `${styles.failed} ${styles.broken}`)}
      {cross(18)}
      {line(27, 54, styles.idle)}
      {ring(59, styles.idle)}
    </>
  ),
  deleting: (
    <>
      {ring(5)}
      {line(11, 54, styles.dashes)}
      {dot(59)}
    </>
  ),
  deleted: (
    <>
      {ring(5)}
      {line(12, 54, styles.dots)}
      {ring(59)}
    </>
  ),
  unknown: (
    <>
      {ring(5)}
      {line(10, 24)}
      <path d="M30 5.500a2 2 0 1 1 2.900 1.800c-.6.300-.9.600-.9 1.200M32 10.600v.1" />
      {line(40, 54)}
      {ring(59)}
    </>
  ),
}
