import styles from "./map.module.css"

/** Holds the place of the map while the addresses load. */
export function MapSkeleton() {
  return (
    <output className={styles.skeleton}>
      <span className="visually-hidden">Loading addresses…</span>
      <span className={styles.skeletonBox} />
      <span className={styles.skeletonBox} />
    </output>
  )
}
