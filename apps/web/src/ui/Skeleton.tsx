import styles from "./Skeleton.module.css"

/** The place of a text that is still on its way, as high as the text will be. */
export function Skeleton({ width = "medium" }: { width?: "short" | "medium" | "long" }) {
  return <span aria-hidden="true" className={`inline-block max-full ${styles.bar} ${styles[width]}`} />
}
