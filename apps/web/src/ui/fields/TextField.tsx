import { useId, type InputHTMLAttributes, type ReactNode, type Ref } from "react"
import { Icon } from "#ui/marks/Icon.tsx"
import styles from "./TextField.module.css"

/**
 * A labelled input of one line. What the person should know before typing is a `hint` under the label, never a placeholder;
 * a mistake is shown under the input and read out with it. `note` points at something that may be meant so and may not.
 */
export function TextField({
  label,
  hint,
  error,
  note,
  suggestions,
  mono = false,
  required = true,
  ...input
}: {
  label: string
  hint: ReactNode
  error?: string | undefined
  note?: ReactNode
  /** Value → what people know it by. Other values may be typed all the same. */
  suggestions?: Readonly<Record<string, string>>
  /** For ids and addresses. */
  mono?: boolean
  required?: boolean
  ref?: Ref<HTMLInputElement>
} & Pick<
  InputHTMLAttributes<HTMLInputElement>,
  "name" | "value" | "inputMode" | "readOnly" | "onChange" | "onBlur"
>) {
  const id = useId()
  const describedBy = [
    `${id}-hint`,
    error !== undefined && `${id}-error`,
    error === undefined && note && `${id}-note`,
  ]
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.label}>
        {label}
      </label>
      <p id={`${id}-hint`} className={styles.hint}>
        {hint}
      </p>
      <input
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        {...input}
        id={id}
        className={mono ? `${styles.input} mono` : styles.input}
        list={suggestions && `${id}-suggestions`}
        aria-required={required}
        aria-invalid={error !== undefined}
        aria-describedby={describedBy.filter(Boolean).join(" ")}
      />
      {suggestions && (
        <datalist id={`${id}-suggestions`}>
          {Object.entries(suggestions).map(([value, place]) => (
            <option key={value} value={value}>
              {place}
            </option>
          ))}
        </datalist>
      )}
      {error !== undefined && (
        <p id={`${id}-error`} className={styles.error}>
          {error}
        </p>
      )}
      {error === undefined && note && (
        <p id={`${id}-note`} className={styles.note}>
          <Icon name="you" />
          <span>{note}</span>
        </p>
      )}
    </div>
  )
}
