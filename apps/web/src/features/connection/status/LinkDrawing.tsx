import { useState } from "react"
import type { LinkPicture } from "./link-picture.ts"
import styles from "./LinkDrawing.module.css"

/** Draws the link between the two networks in its state, which its caption says too. */
export function LinkDrawing({ shape, caption }: LinkPicture) {
  const [first] = useState(shape)
  const changed = first !== shape
  return (
    <div className={styles.link} data-shape={shape} data-changed={changed || undefined}>
      <p className={styles.caption}>{caption}</p>
      {/* A new state is a new drawing, so that it is drawn from its beginning. */}
      <div key={shape} className={styles.line} aria-hidden="true">
        <span className={styles.yours} />
        <span className={styles.gap} />
        <span className={styles.atlas} />
      </div>
    </div>
  )
}
