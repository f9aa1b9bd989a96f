import styles from "./map.module.css"

/** Holds the place of the map while the addresses load. */
export function MapSkeleton() {
  return (
    <output className="grid pad-top-20 gap-24">
      <span className="visually-hidden">Loading addresses…</span>
      <span className={`rounded on-trough ${styles.skeletonBox}`} />
      <span className={`rounded on-trough ${styles.skeletonBox}`} />
    </output>
  )
}
