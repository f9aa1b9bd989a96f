import { stateGroups, usualFilter, type ListFilter } from "@peering-desk/peering-rules"
import { providerLabels, providerNames, type Project } from "@peering-desk/shared-schemas"
import { useId, useState } from "react"
import { stateGroupWords } from "#copy/inventory.ts"
import { Button } from "#ui/Button.tsx"
import { FilterBar, FilterChoice, SearchField } from "#ui/table/FilterBar.tsx"
import styles from "./ConnectionList.module.css"

interface Props {
  regions: readonly string[]
  /** Null where all rows are of one project. */
  projects: readonly Project[] | null
  filter: ListFilter
  onNarrow: (change: Partial<ListFilter>) => void
  /** The number of connections, in words, as far as it is known. */
  summary: string | undefined
}

const states = stateGroups.map((state) => [state, stateGroupWords[state]] as const)
const clouds = providerNames.map((name) => [name, providerLabels[name]] as const)

/** The search and the filters of the list. On a narrow screen the filters fold behind a button. */
export function ListFilters({ regions, projects, filter, onNarrow, summary }: Props) {
  const id = useId()
  const [isOpen, setOpen] = useState(false)
  const usedCount = [filter.projectId, filter.cloud, filter.state, filter.region || null].filter(
    (value) => value !== null,
  ).length
  return (
    <FilterBar label="Filters">
      <SearchField
        label="Search connections"
        hidesLabel
        placeholder="Name, ID, account or CIDR"
        shortcut="/"
        value={filter.text}
        onChange={(text) => onNarrow({ text })}
      />
      <span className={`screen-only hidden ${styles.filterButton}`}>
        <Button aria-expanded={isOpen} aria-controls={id} onClick={() => setOpen(!isOpen)}>
          Filter{usedCount > 0 && ` (${usedCount})`}
        </Button>
      </span>
      <div id={id} className={`contents ${styles.choices}`} data-open={isOpen || undefined}>
        {projects !== null && (
          <FilterChoice
            label="Project"
            options={projects.map(({ id: value, name }) => [value, name] as const)}
            value={filter.projectId}
            onChange={(projectId) => onNarrow({ projectId })}
          />
        )}
        <FilterChoice
          label="Cloud"
          options={clouds}
          value={filter.cloud}
          onChange={(cloud) => onNarrow({ cloud })}
        />
        <FilterChoice
          label="Status"
          options={states}
          value={filter.state}
          onChange={(state) => onNarrow({ state })}
        />
        <FilterChoice
          label="Region"
          options={listRegions(regions, filter.region)}
          value={filter.region === "" ? null : filter.region}
          onChange={(region) => onNarrow({ region: region ?? "" })}
        />
        {usedCount > 0 && (
          <Button
            kind="quiet"
            size="small"
            onClick={() =>
              onNarrow({
                ...usualFilter,
                view: filter.view,
                text: filter.text,
                sort: filter.sort,
                direction: filter.direction,
              })
            }
          >
            Clear filters
          </Button>
        )}
      </div>
      <output className={`screen-only push quiet text-13 number self-middle ${styles.summary}`}>
        {summary}
      </output>
    </FilterBar>
  )
}

/** Lists the regions of the rows, and the chosen one even where no row has it. */
function listRegions(regions: readonly string[], chosen: string) {
  const all = new Set(chosen === "" ? regions : [...regions, chosen])
  return [...all].toSorted().map((region) => [region, region] as const)
}
