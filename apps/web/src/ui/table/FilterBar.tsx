import type { InputHTMLAttributes, ReactNode } from "react"
import field from "#ui/fields/SelectField.module.css"
import { Kbd } from "#ui/Kbd.tsx"
import { Icon } from "#ui/marks/Icon.tsx"
import styles from "./FilterBar.module.css"

/** The fields and chips that narrow a list. With a `label` it is a region. */
export function FilterBar({ label, children }: { label?: string; children: ReactNode }) {
  if (label === undefined)
    return <div className={`screen-only flow low pad-y-12 ${styles.bar}`}>{children}</div>
  return (
    <section className={`screen-only flow low pad-y-12 ${styles.bar}`} aria-label={label}>
      {children}
    </section>
  )
}

/** A text to search for. */
export function SearchField({
  label,
  hidesLabel = false,
  value,
  placeholder,
  shortcut,
  onChange,
}: {
  label: string
  hidesLabel?: boolean
  value: string
  placeholder: string
  /** The key that moves the focus here. */
  shortcut?: string
  onChange: (text: string) => void
}) {
  return (
    <label className={`anchor ${field.field} ${styles.search}`}>
      <span className={hidesLabel ? "visually-hidden" : undefined}>{label}</span>
      <input
        type="search"
        className={field.control}
        placeholder={placeholder}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
      <Icon name="search" />
      {shortcut !== undefined && (
        <span aria-hidden="true" className={styles.key}>
          <Kbd>{shortcut}</Kbd>
        </span>
      )}
    </label>
  )
}

/** A choice that narrows a list, as a chip: `Cloud: any`. */
export function FilterChoice<Value extends string>({
  label,
  options,
  value,
  onChange,
}: {
  label: string
  options: readonly (readonly [value: Value, words: string])[]
  value: Value | null
  onChange: (value: Value | null) => void
}) {
  return (
    <label
      className={`inline-flex level narrow high-34 edge-strong rounded-s on-raised anchor ink text-13 ${styles.choice}`}
      data-any={value === null || undefined}
    >
      {label}:
      <select
        aria-label={label}
        value={value ?? ""}
        onChange={(event) => onChange(options.find(([option]) => option === event.target.value)?.[0] ?? null)}
      >
        <option value="">any</option>
        {options.map(([option, words]) => (
          <option key={option} value={option}>
            {words}
          </option>
        ))}
      </select>
      <Icon name="chevron-down" />
    </label>
  )
}

/** Another input of a filter. */
export function FilterInput({
  label,
  children,
  ...input
}: { label: string; children?: ReactNode } & Omit<InputHTMLAttributes<HTMLInputElement>, "className">) {
  return (
    <label className={field.field}>
      {label}
      <input {...input} className={field.control} />
      {children}
    </label>
  )
}
