import styles from "./map.module.css"

/** Holds the place of the map while the addresses load. */
export function MapSkeleton() {
  return (
    <output className={`grid ${styles.skeleton}`}>
      <span className="visually-hidden">Loading addresses…</span>
      <span className={`rounded on-trough ${styles.skeletonBox}`} />
      <span className={`rounded on-trough ${styles.skeletonBox}`} />
    </output>
  )
}
