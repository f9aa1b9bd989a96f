import { use, useId } from "react"
import { FormBusy } from "./form-busy.ts"
import styles from "./SegmentedControl.module.css"

/** A few choices of which one counts, as one switch. Radio buttons underneath: arrow keys move between them. */
export function SegmentedControl<Value extends string>({
  label,
  options,
  value,
  onChange,
}: {
  /** Names the choice; not shown. */
  label: string
  options: readonly { value: Value; title: string }[]
  value: Value
  onChange: (value: Value) => void
}) {
  const name = useId()
  const isBusy = use(FormBusy)
  return (
    <fieldset className={`gap-2 edge rounded-8 on-trough inline-flex wrapping ${styles.switch}`}>
      <legend className="visually-hidden">{label}</legend>
      {options.map((option) => (
        <label
          key={option.value}
          className={`level press anchor hover-ink quiet text-13 medium tap ${styles.option}`}
        >
          <input
            type="radio"
            className={`flat press afloat ${styles.radio}`}
            name={name}
            checked={option.value === value}
            onChange={() => !isBusy && onChange(option.value)}
          />
          {option.title}
        </label>
      ))}
    </fieldset>
  )
}
