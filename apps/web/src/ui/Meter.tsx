import styles from "./Meter.module.css"

/** How much of a quota is used, as a bar. Words beside it say the numbers. */
export function Meter({ label, value, most }: { label: string; value: number; most: number }) {
  return (
    <meter
      className={`block wide no-edge ${styles.meter}`}
      aria-label={label}
      min={0}
      max={Math.max(most, 1)}
      value={value}
    />
  )
}
