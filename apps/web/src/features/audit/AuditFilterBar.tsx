import type { KeyboardEvent } from "react"
import { actionWords, outcomeWords } from "#copy/audit.ts"
import { Button } from "#ui/Button.tsx"
import { FilterBar, FilterInput, SearchField } from "#ui/table/FilterBar.tsx"
import { SelectField } from "#ui/fields/SelectField.tsx"
import { fromLocalInput, hasOwnTimes, toLocalInput, type AuditFilterTexts } from "./audit-filter.ts"
import styles from "./audit.module.css"

type Name = Exclude<keyof AuditFilterTexts, "when">

const spans: readonly (readonly [string, string])[] = [
  ["hour", "Last hour"],
  ["day", "Last 24 hours"],
  ["week", "Last 7 days"],
  ["month", "Last 30 days"],
  ["custom", "Custom"],
]

/** Narrows the audit log. */
export function AuditFilterBar({
  filter,
  isFiltered,
  projects,
  onChange,
  onClear,
}: {
  filter: AuditFilterTexts
  isFiltered: boolean
  /** Names of projects by their ids. */
  projects: ReadonlyMap<string, string>
  onChange: (change: Partial<AuditFilterTexts>) => void
  onClear: () => void
}) {
  const { projectId } = filter
  const choices = [
    ...projects,
    ...(projectId === "" || projects.has(projectId) ? [] : [[projectId, projectId] as const]),
  ]
  const moment = (name: "from" | "until") => {
    const apply = ({ value, defaultValue }: HTMLInputElement) => {
      // The field shows no seconds, and the address may have some.
      if (value !== defaultValue) onChange({ when: "custom", [name]: fromLocalInput(value, name) })
    }
    return {
      type: "datetime-local",
      defaultValue: toLocalInput(filter[name]),
      onBlur: ({ target }: { target: HTMLInputElement }) => apply(target),
      onKeyDown: ({ key, currentTarget }: KeyboardEvent<HTMLInputElement>) =>
        key === "Enter" && apply(currentTarget),
    }
  }
  const choice = (name: Name, options: readonly (readonly [string, string])[]) => ({
    empty: "Any",
    options,
    value: filter[name],
    onChange: (value: string | null) => onChange({ [name]: value ?? "" }),
  })
  const isCustom = hasOwnTimes(filter)
  return (
    <div className={`screen-only ${styles.filter}`}>
      <FilterBar label="Filters">
        <SearchField
          label="Search"
          placeholder="Connection, ID or reason"
          value={filter.text}
          onChange={(text) => onChange({ text })}
        />
        <SelectField
          label="When"
          empty="Any time"
          options={spans}
          value={isCustom ? "custom" : (filter.when ?? "")}
          onChange={(when) =>
            onChange({
              when: when as AuditFilterTexts["when"],
              ...(when !== "custom" && { from: "", until: "" }),
            })
          }
        />
        {isCustom && (
          <>
            {/* An input keeps a half-typed date to itself; a filter that changes outside makes another input. */}
            <FilterInput key={`from ${filter.from}`} label="From" {...moment("from")} />
            <FilterInput key={`until ${filter.until}`} label="Until" {...moment("until")} />
          </>
        )}
        <FilterInput
          label="Who"
          maxLength={200}
          autoComplete="off"
          spellCheck={false}
          value={filter.actor}
          onChange={(event) => onChange({ actor: event.target.value })}
        />
        <SelectField label="Action" {...choice("action", Object.entries(actionWords))} />
        <SelectField label="Outcome" {...choice("outcome", Object.entries(outcomeWords))} />
        <SelectField label="Project" {...choice("projectId", choices)} />
        {isFiltered && (
          <Button size="small" kind="quiet" onClick={onClear}>
            Clear filters
          </Button>
        )}
      </FilterBar>
    </div>
  )
}
