import styles from "./map.module.css"

const signs = [
  { kind: "container", words: "Atlas container" },
  { kind: "peer", words: "Your network" },
  { kind: "free", words: "Free" },
  { kind: "well-known", words: "Reserved by default" },
  { kind: "conflict", words: "Conflict" },
]

/** Explains the shapes on the map. */
export function MapLegend() {
  return (
    <ul className={`flow quiet small gap-4 gap-x-16 ${styles.legend}`} aria-label="Legend">
      {signs.map(({ kind, words }) => (
        <li key={kind} className="inline gap-6">
          <span aria-hidden="true" className={styles.swatch} data-kind={kind} />
          {words}
        </li>
      ))}
    </ul>
  )
}
