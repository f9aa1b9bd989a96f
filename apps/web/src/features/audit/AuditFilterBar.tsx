import { useQuery } from "@tanstack/react-query"
import { useId } from "react"
import { projectsQuery } from "#api/projects/projects.ts"
import { actionWords, outcomeWords } from "#copy/audit.ts"
import { Button } from "#ui/Button.tsx"
import { FilterBar, FilterInput } from "#ui/table/FilterBar.tsx"
import { SelectField } from "#ui/fields/SelectField.tsx"
import { fromLocalInput, toLocalInput, type AuditFilterTexts } from "./audit-filter.ts"

type Name = keyof AuditFilterTexts

/** Narrows the audit log. */
export function AuditFilterBar({
  filter,
  onChange,
  onClear,
}: {
  filter: AuditFilterTexts
  onChange: (name: Name, text: string) => void
  onClear: () => void
}) {
  const { data: projects = [] } = useQuery(projectsQuery())
  const projectList = useId()
  const text = (name: Name) => ({
    maxLength: 200,
    autoComplete: "off",
    spellCheck: false,
    value: filter[name],
    onChange: (event: { target: { value: string } }) => onChange(name, event.target.value),
  })
  const moment = (name: Name) => ({
    // It keeps a half-typed date to itself; a filter that changes outside makes another input.
    key: filter[name],
    type: "datetime-local",
    defaultValue: toLocalInput(filter[name]),
    onBlur: (event: { target: { value: string } }) => onChange(name, fromLocalInput(event.target.value)),
  })
  const choice = (name: Name, words: Record<string, string>) => ({
    empty: "Any",
    options: Object.entries(words),
    value: filter[name],
    onChange: (value: string | null) => onChange(name, value ?? ""),
  })
  const { key: fromKey, ...from } = moment("from")
  const { key: untilKey, ...until } = moment("until")
  return (
    <FilterBar label="Filter the trail">
      <FilterInput label="Any text" {...text("text")} />
      <FilterInput label="Who" {...text("actor")} />
      <SelectField label="What" {...choice("action", actionWords)} />
      <SelectField label="Outcome" {...choice("outcome", outcomeWords)} />
      <FilterInput label="Project id" list={projectList} {...text("projectId")}>
        <datalist id={projectList}>
          {projects.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </datalist>
      </FilterInput>
      <FilterInput key={`from ${fromKey}`} label="From" {...from} />
      <FilterInput key={`until ${untilKey}`} label="Before" {...until} />
      {Object.values(filter).some((value) => value !== "") && (
        <Button size="small" kind="quiet" onClick={onClear}>
          Show all
        </Button>
      )}
    </FilterBar>
  )
}
