import type { InventoryProject } from "@peering-desk/shared-schemas"
import { useQuery } from "@tanstack/react-query"
import { useMemo } from "react"
import { useSearchParams } from "wouter"
import { inventoryQuery, useReadAfterChange } from "#api/peerings/inventory.ts"
import { Failure } from "#shared/refusals/Failure.tsx"
import { SelectField } from "#ui/fields/SelectField.tsx"
import { toCoverage } from "./coverage.ts"
import { CoverageView } from "./CoverageView.tsx"
import styles from "./coverage.module.css"

/** The coverage of a project that the person chooses, from the connections of all projects. */
export function ProjectCoverage() {
  const { data, error } = useQuery(inventoryQuery())
  return (
    <div className={`stack gap-20 ${styles.page}`}>
      <Failure error={error} isQuiet />
      {data === undefined && error === null && <p className="shell-wait">Loading connections…</p>}
      {data !== undefined && <ProjectChoice projects={data.projects} />}
    </div>
  )
}

function ProjectChoice({ projects }: { projects: readonly InventoryProject[] }) {
  const [search, setSearch] = useSearchParams()
  const all = useMemo(
    () => projects.map((project) => ({ project, coverages: toCoverage(project) })),
    [projects],
  )
  const wantedId = search.get("project")
  const shown =
    all.find(({ project }) => project.project.id === wantedId) ??
    all.find(({ coverages }) => coverages.length > 0) ??
    all[0]
  useReadAfterChange(shown?.project.project.id ?? null)
  if (shown === undefined) return <p className={`center quiet ${styles.nothing}`}>No projects yet.</p>
  const { id } = shown.project.project
  return (
    <>
      <div className={styles.narrow}>
        <SelectField
          label="Project"
          options={all.map(({ project: { project } }) => [project.id, project.name])}
          value={id}
          onChange={(projectId) => setSearch(projectId === null ? {} : { project: projectId })}
        />
      </div>
      <CoverageView key={id} of={shown.project} coverages={shown.coverages} />
    </>
  )
}
