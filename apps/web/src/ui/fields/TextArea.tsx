import { useId, type ReactNode, type Ref, type TextareaHTMLAttributes } from "react"
import styles from "./TextField.module.css"

/** A labelled input of several lines, for what is pasted. */
export function TextArea({
  label,
  hint,
  ...input
}: {
  label: string
  hint: ReactNode
  ref?: Ref<HTMLTextAreaElement> | undefined
} & Pick<TextareaHTMLAttributes<HTMLTextAreaElement>, "value" | "onChange" | "rows">) {
  const id = useId()
  return (
    <div className="flex narrow column">
      <label htmlFor={id} className="strong">
        {label}
      </label>
      <p id={`${id}-hint`} className="quiet small">
        {hint}
      </p>
      <textarea
        rows={3}
        autoComplete="off"
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        {...input}
        id={id}
        className={`${styles.input} mono`}
        aria-describedby={`${id}-hint`}
      />
    </div>
  )
}
