import styles from "./MiniPath.module.css"
import type { StopState } from "./stop-state.ts"

const step = 13.7
const at = (index: number) => 4.9 + index * step

/**
 * The path in a row, 92 × 14: a mark for each stop, in seven slots, so that the peerings of all clouds stand in one column.
 * @param states a slot without a stop is null
 * @param says the whole in one sentence, for those who don't see it; null where words beside it say the same
 */
export function MiniPath({
  states,
  says,
  isStale = false,
}: {
  states: readonly (StopState | null)[]
  says: string | null
  isStale?: boolean
}) {
  return (
    <svg
      {...(says === null ? { "aria-hidden": true } : { role: "img", "aria-label": says })}
      className={`still own-colours ${styles.path}`}
      data-stale={isStale || undefined}
      viewBox="0 0 92 14"
      width="92"
      height="14"
      fill="none"
    >
      {states.map((state, index) => {
        if (state === null) return null
        const joined = state === "proven" && states[index + 1] === "proven"
        return (
          // A slot keeps its place.
          // oxlint-disable-next-line react/no-array-index-key
          <g key={index} data-state={state}>
            {joined && <path d={`M${at(index)} 7h${step}`} className={styles.line} />}
            {draw(state, at(index))}
          </g>
        )
      })}
    </svg>
  )
}

function draw(state: StopState, x: number) {
  switch (state) {
    case "proven":
    case "sent":
      return <circle cx={x} cy="7" r="3.5" className={styles.filled} />
    case "broken":
      return <path d={`M${x - 3.2} 3.800l6.400 6.400m0-6.400l-6.400 6.400`} className={styles.line} />
    case "waiting":
      return <circle cx={x} cy="7" r="3.7" className={styles.line} />
    case "in-progress":
    case "not-checked":
    case "marked":
      return <circle cx={x} cy="7" r="3.7" className={styles.dashed} />
    case "later":
    case "planned":
      return <circle cx={x} cy="7" r="1.7" className={styles.filled} />
  }
}
