import { countFreeBlocks, type CidrRange } from "@peering-desk/peering-rules"
import { useId } from "react"
import { formatAddress } from "#copy/address-blocks.ts"
import styles from "./address-space.module.css"

const shownCount = 4

/** The largest free ranges, each with a bar to scale. Pressing one proposes its first block. */
export function LargestFree({
  free,
  prefix,
  onPick,
}: {
  free: readonly CidrRange[]
  prefix: number
  onPick: (range: CidrRange) => void
}) {
  const titleId = useId()
  const largest = free
    .map((range) => ({ range, count: countFreeBlocks(range, prefix) }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count)
    .slice(0, shownCount)
  const most = largest[0]?.count ?? 1
  if (largest.length === 0) return null
  return (
    <section className={`grid ${styles.largest}`} aria-labelledby={titleId}>
      <h2 id={titleId}>Largest free ranges</h2>
      <ul className={`grid ${styles.ranges}`}>
        {largest.map(({ range, count }) => (
          <li key={range.first}>
            <button
              type="button"
              data-printed
              className={`bare grid gap-2 wide left ink hover full-height ${styles.range}`}
              onClick={() => onPick(range)}
            >
              <span className={styles.sub}>
                {count.toLocaleString("en-US")} free /{prefix}
              </span>
              <span className="mono">
                {formatAddress(range.first)} – {formatAddress(range.last)}
              </span>
              <span aria-hidden="true" className={`clip above-6 ${styles.bar}`}>
                <span className={`block ${styles.share}`} style={{ width: `${(count / most) * 100}%` }} />
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
