import styles from "./SelectField.module.css"

/** A labelled list to choose one value from; `empty` names the choice of none, where there is one. */
export function SelectField<Value extends string>({
  label,
  hidesLabel = false,
  isStrong = false,
  empty,
  options,
  value,
  onChange,
}: {
  label: string
  hidesLabel?: boolean
  /** Shows the label as those of text fields. */
  isStrong?: boolean
  empty?: string
  options: readonly (readonly [value: Value, words: string])[]
  value: Value | null
  onChange: (value: Value | null) => void
}) {
  return (
    <label className={styles.field}>
      <span className={hidesLabel ? "visually-hidden" : isStrong ? styles.strong : undefined}>{label}</span>
      <select
        className={styles.control}
        value={value ?? ""}
        onChange={(event) => onChange(options.find(([option]) => option === event.target.value)?.[0] ?? null)}
      >
        {empty !== undefined && <option value="">{empty}</option>}
        {options.map(([option, words]) => (
          <option key={option} value={option}>
            {words}
          </option>
        ))}
      </select>
    </label>
  )
}
