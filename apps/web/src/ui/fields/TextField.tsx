import { use, useId, type InputHTMLAttributes, type ReactNode, type Ref } from "react"
import { Icon } from "#ui/marks/Icon.tsx"
import { FormBusy } from "./form-busy.ts"
import styles from "./TextField.module.css"

/** A remark under a field that is not an error. */
export interface FieldNote {
  tone: "you" | "failed" | "unknown"
  says: ReactNode
  /** Where on the page it is said in full. */
  href?: string
}

/** The words of a remark, with a link to the whole sentence. */
export function NoteWords({ note: { says, href } }: { note: FieldNote }) {
  return (
    <>
      {says} {href !== undefined && <a href={href}>See the check</a>}
    </>
  )
}

/**
 * A labelled input of one line. What the person should know before typing is a `hint` beside the label, never a placeholder. An error
 * appears under the input and is part of its description.
 */
export function TextField({
  label,
  hint,
  help,
  error,
  note,
  below,
  suggestions,
  mono = false,
  required = true,
  ...input
}: {
  label: string
  hint: ReactNode
  /** A button at the end of the label's line. */
  help?: ReactNode
  error?: string | undefined
  note?: FieldNote | undefined
  /** A line under the input that is not part of its description. */
  below?: ReactNode
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
  const isBusy = use(FormBusy)
  const remarkId = error === undefined ? note && `${id}-note` : `${id}-error`
  return (
    <div className="flex narrow column">
      <div className="baseline split gap-0 gap-x-12">
        <label htmlFor={id} className="strong">
          {label}
        </label>
        <span className="inline gap-4 high-20">
          <span id={`${id}-hint`} className="quiet small">
            {hint}
          </span>
          {help}
        </span>
      </div>
      <input
        autoComplete="off"
        autoCapitalize="none"
        autoCorrect={mono ? "off" : undefined}
        spellCheck={false}
        readOnly={isBusy}
        {...input}
        id={id}
        className={mono ? `${styles.input} mono` : styles.input}
        list={suggestions && `${id}-suggestions`}
        aria-required={required}
        aria-invalid={error !== undefined}
        aria-describedby={[`${id}-hint`, remarkId].filter(Boolean).join(" ")}
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
      {error !== undefined ? (
        <p id={remarkId} className="tone-failed above-4 wrap small lines-18">
          {error}
        </p>
      ) : (
        note && (
          <p
            id={remarkId}
            className={`beside gap-6 above-4 wrap small lines-18 toned ${styles.note}`}
            data-tone={note.tone}
          >
            <Icon name={note.tone} />
            <span>
              <NoteWords note={note} />
            </span>
          </p>
        )
      )}
      {below}
    </div>
  )
}
