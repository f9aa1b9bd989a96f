import styles from "./address-space.module.css"

const signs = [
  { look: styles.signContainer, words: "Atlas container, upper row" },
  { look: styles.signPeer, words: "Your network, lower row" },
  { look: styles.signWellKnown, words: "Well-known block" },
  { look: styles.signDraft, words: "Not there yet" },
  { look: styles.signOverlap, words: "Overlap" },
]

/** Explains the shapes on the map. */
export function MapLegend() {
  return (
    <ul className={styles.legend} aria-label="Legend">
      {signs.map(({ look, words }) => (
        <li key={words} className={styles.legendEntry}>
          <span aria-hidden="true" className={`${styles.sign} ${look}`} />
          {words}
        </li>
      ))}
    </ul>
  )
}
