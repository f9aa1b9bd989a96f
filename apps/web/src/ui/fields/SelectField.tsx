import { use, useId } from "react"
import { FormBusy } from "./form-busy.ts"
import styles from "./SelectField.module.css"

/** A labelled list to choose one value from; `empty` names the choice of none, where there is one. */
export function SelectField<Value extends string>({
  label,
  hidesLabel = false,
  isStrong = false,
  empty,
  options,
  value,
  error,
  onChange,
}: {
  label: string
  hidesLabel?: boolean
  /** Shows the label as those of text fields. */
  isStrong?: boolean
  empty?: string
  options: readonly (readonly [value: Value, words: string])[]
  value: Value | null
  error?: string | undefined
  onChange: (value: Value | null) => void
}) {
  const errorId = useId()
  const isBusy = use(FormBusy)
  const field = (
    <label className={styles.field}>
      <span className={hidesLabel ? "visually-hidden" : isStrong ? styles.strong : undefined}>{label}</span>
      <select
        className={styles.control}
        value={value ?? ""}
        aria-invalid={error !== undefined}
        aria-describedby={error === undefined ? undefined : errorId}
        onChange={({ target }) =>
          !isBusy && onChange(options.find(([option]) => option === target.value)?.[0] ?? null)
        }
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
  if (error === undefined) return field
  return (
    <div>
      {field}
      <p id={errorId} className="tone-failed above-4 small">
        {error}
      </p>
    </div>
  )
}
