import type { AuditFilter } from "@peering-desk/shared-schemas"
import { useQuery } from "@tanstack/react-query"
import { useId } from "react"
import { projectsQuery } from "#api/projects/projects.ts"
import { Button } from "#ui/Button.tsx"
import { fromLocalInput, toLocalInput, type FilterName } from "./audit-filter.ts"
import { actionWords, outcomeWords } from "#copy/audit.ts"
import styles from "./audit.module.css"

/** Narrows the trail. */
export function AuditFilterBar({
  filter,
  onChange,
  onClear,
}: {
  filter: AuditFilter
  onChange: (name: FilterName, value: string) => void
  onClear: () => void
}) {
  const { data: projects = [] } = useQuery(projectsQuery())
  const projectNames = Object.fromEntries(projects.map(({ id, name }) => [id, name]))
  const controlOf = (name: FilterName) => ({
    value: filter[name],
    onChange: (value: string) => onChange(name, value),
  })
  return (
    <section className={styles.filter} aria-label="Filter the trail">
      <Text label="Any text" {...controlOf("text")} />
      <Text label="Who" {...controlOf("actor")} />
      <Choice label="What" words={actionWords} {...controlOf("action")} />
      <Choice label="Outcome" words={outcomeWords} {...controlOf("outcome")} />
      <Text label="Project id" suggestions={projectNames} {...controlOf("projectId")} />
      <Timestamp label="From" {...controlOf("from")} />
      <Timestamp label="Before" {...controlOf("until")} />
      {Object.keys(filter).length > 0 && (
        <Button size="small" kind="quiet" onClick={onClear}>
          Show all
        </Button>
      )}
    </section>
  )
}

interface Control {
  label: string
  value: string | undefined
  onChange: (value: string) => void
}

function Text({
  label,
  value = "",
  onChange,
  suggestions = {},
}: Control & { suggestions?: Record<string, string> }) {
  const id = useId()
  return (
    <label className={styles.field}>
      {label}
      <input
        className={styles.control}
        list={id}
        maxLength={200}
        autoComplete="off"
        spellCheck={false}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
      <datalist id={id}>
        {Object.entries(suggestions).map(([suggestion, name]) => (
          <option key={suggestion} value={suggestion}>
            {name}
          </option>
        ))}
      </datalist>
    </label>
  )
}

function Choice({ label, value = "", onChange, words }: Control & { words: Record<string, string> }) {
  return (
    <label className={styles.field}>
      {label}
      <select className={styles.control} value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">Any</option>
        {Object.entries(words).map(([word, shown]) => (
          <option key={word} value={word}>
            {shown}
          </option>
        ))}
      </select>
    </label>
  )
}

function Timestamp({ label, value, onChange }: Control) {
  return (
    <label className={styles.field}>
      {label}
      <input
        // It keeps a date that is half typed to itself, so it is made anew when the filter was taken away from outside.
        key={value}
        type="datetime-local"
        className={styles.control}
        defaultValue={toLocalInput(value)}
        onBlur={(event) => onChange(fromLocalInput(event.target.value))}
      />
    </label>
  )
}
