import type { InputHTMLAttributes, ReactNode } from "react"
import styles from "./FilterBar.module.css"
import field from "#ui/fields/SelectField.module.css"

/** The fields and chips that narrow a list. With a `label` it is a region. */
export function FilterBar({ label, children }: { label?: string; children: ReactNode }) {
  if (label === undefined) return <div className={styles.bar}>{children}</div>
  return (
    <section className={styles.bar} aria-label={label}>
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
  onChange,
}: {
  label: string
  hidesLabel?: boolean
  value: string
  placeholder: string
  onChange: (text: string) => void
}) {
  return (
    <label className={`${field.field} ${styles.search}`}>
      <span className={hidesLabel ? "visually-hidden" : undefined}>{label}</span>
      <input
        type="search"
        className={field.control}
        placeholder={placeholder}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
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
