import { useId, type ReactNode } from "react"
import styles from "./Card.module.css"

/** A surface with an edge. With a `title` it is a region that assistive technology can name. */
export function Card({
  title,
  padded = true,
  children,
}: {
  title?: ReactNode
  padded?: boolean
  children: ReactNode
}) {
  const titleId = useId()
  const className = padded ? `${styles.card} ${styles.padded}` : styles.card
  if (title === undefined) return <div className={className}>{children}</div>
  return (
    <section className={className} aria-labelledby={titleId}>
      <h2 id={titleId} className={styles.title}>
        {title}
      </h2>
      {children}
    </section>
  )
}
