import { useId, type ReactNode } from "react"

/** An input with its label before it and its button after it, for one line of text inside a page or another form. */
export function InlineField({
  label,
  error,
  value,
  onChange,
  onEnter,
  children,
}: {
  label: string
  error: string | undefined
  value: string
  onChange: (value: string) => void
  /** Does what the button does. */
  onEnter: () => void
  children: ReactNode
}) {
  const id = useId()
  return (
    <div className="row gap-6 gap-x-10">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className="narrow edge-control rounded-s on-card high-32 pad-y-4 pad-x-10"
        value={value}
        aria-describedby={error === undefined ? undefined : `${id}-error`}
        aria-invalid={error !== undefined}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || event.nativeEvent.isComposing) return
          // The form around it is not sent.
          event.preventDefault()
          onEnter()
        }}
      />
      {children}
      {error !== undefined && (
        <span id={`${id}-error`} className="quiet small">
          {error}
        </span>
      )}
    </div>
  )
}
