import styles from "./StopMark.module.css"
import type { StopState } from "./stop-state.ts"

const tick = "M6.8 11.200 9.800 14.200 15.400 8.200"
const question = "M8.900 9a2.200 2.200 0 1 1 3.400 1.900c-.8.500-1.200.900-1.200 1.700M11.100 15v.1"

/**
 * The mark of a stop on the path, 22 × 22: each state has its own shape. Words beside it say the same.
 * @param isOpen draws the halo of the stop to act on
 */
export function StopMark({
  state,
  number = null,
  isOpen = false,
}: {
  state: StopState
  /** Number of the act on a planned or sent stop. */
  number?: string | null
  isOpen?: boolean
}) {
  return (
    <svg
      aria-hidden="true"
      className={`still own-colours anchor ${styles.mark}`}
      data-state={state}
      viewBox="0 0 22 22"
      width="22"
      height="22"
      fill="none"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      {isOpen && (state === "waiting" || state === "broken") && (
        <circle cx="11" cy="11" r="16" className={styles.halo} />
      )}
      {shapes[state]}
      {number !== null && (
        <text x="11" y="11" className={number.length > 2 ? styles.numbers : styles.number}>
          {number}
        </text>
      )}
    </svg>
  )
}

const ring = (radius: number, className: string | undefined) => (
  <circle cx="11" cy="11" r={radius} className={className} />
)

const shapes: Record<StopState, React.ReactNode> = {
  proven: (
    <>
      {ring(10, styles.filled)}
      <path d={tick} className={styles.sign} />
    </>
  ),
  waiting: (
    <>
      {ring(9, styles.thick)}
      <path d="M11 6.500v5.500M11 15v.1" className={styles.line} />
    </>
  ),
  "in-progress": (
    <>
      {ring(9, styles.parts)}
      {ring(2.6, styles.filled)}
    </>
  ),
  broken: (
    <>
      <rect x="1" y="1" width="20" height="20" rx="5" className={styles.filled} />
      <path d="M7.200 7.200l7.600 7.600M14.800 7.200l-7.600 7.600" className={styles.sign} />
    </>
  ),
  "not-checked": (
    <>
      {ring(9.2, styles.dashed)}
      <path d={question} className={styles.line} />
    </>
  ),
  later: ring(5.5, styles.thin),
  planned: ring(10, styles.thin),
  sent: ring(10, styles.filled),
  marked: (
    <>
      {ring(9, styles.thin)}
      <path d={tick} className={styles.line} />
    </>
  ),
}
