import type { InventoryProject } from "@peering-desk/shared-schemas"
import { useMemo } from "react"
import { useSearchParams } from "wouter"
import { usePerson } from "#api/session.ts"
import { computePermissions } from "#shared/permissions.ts"
import { Card } from "#ui/Card.tsx"
import { toAskWhom } from "#copy/access.ts"
import { SelectField } from "#ui/fields/SelectField.tsx"
import { listMissing, toCoverage, type Coverage } from "./coverage.ts"
import { CoverageMatrix } from "./CoverageMatrix.tsx"
import { DraftBatch } from "./DraftBatch.tsx"
import type { InventoryRow } from "#shared/inventory/inventory-rows.ts"
import layout from "#ui/layout.module.css"
import styles from "./coverage.module.css"

interface Props {
  projects: readonly InventoryProject[]
  rows: readonly InventoryRow[]
  projectId: string | null
  onProject: (projectId: string | null) => void
}

/** Which of a project's application regions reach which Atlas regions, and the missing connections as drafts. */
export function CoverageView({ projects, rows, projectId, onProject }: Props) {
  const all = useMemo(
    () =>
      projects.map((project) => {
        const own = rows.filter((row) => row.project.id === project.project.id)
        const coverages = toCoverage(project, own)
        return { project, coverages, missing: listMissing(coverages) }
      }),
    [projects, rows],
  )
  // Without a choice, the one that lacks most.
  const [most] = all.toSorted((a, b) => b.missing.length - a.missing.length)
  const shown = all.find(({ project }) => project.project.id === projectId) ?? most
  if (shown === undefined) return null
  return (
    <div className={layout.page}>
      <div className={styles.narrow}>
        <SelectField
          label="Project"
          options={all.map(({ project, missing }) => [
            project.project.id,
            missing.length > 0 ? `${project.project.name} (${missing.length} missing)` : project.project.name,
          ])}
          value={shown.project.project.id}
          onChange={onProject}
        />
      </div>
      <ProjectCoverage key={shown.project.project.id} of={shown.project} coverages={shown.coverages} />
    </div>
  )
}

function ProjectCoverage({ of, coverages }: { of: InventoryProject; coverages: readonly Coverage[] }) {
  const [search, setSearch] = useSearchParams()
  const whyNot = useWhyNot(of)
  const picks = new Set(search.getAll("pick"))

  function pick(keys: readonly string[], on: boolean) {
    setSearch(
      (before) => {
        const kept = before.getAll("pick").filter((key) => !keys.includes(key))
        before.delete("pick")
        for (const key of on ? [...kept, ...keys] : kept) before.append("pick", key)
        return before
      },
      { replace: true },
    )
  }

  if (coverages.length === 0) {
    return (
      <Card>
        <p className={styles.nothing}>
          {of.containersProblem === null
            ? `${of.project.name} has no container with a connection yet, so there is nothing to compare.`
            : `The containers of ${of.project.name} could not be read, so there is nothing to compare.`}
        </p>
      </Card>
    )
  }
  return (
    <>
      {whyNot !== null && listMissing(coverages).length > 0 && <p className={layout.quiet}>{whyNot}</p>}
      {coverages.map((coverage) => (
        <CoverageMatrix
          key={coverage.providerName}
          coverage={coverage}
          picking={whyNot === null ? { picks, onPick: pick } : null}
        />
      ))}
      {whyNot === null && (
        <DraftBatch
          project={of}
          missing={listMissing(coverages)}
          picks={picks}
          onDrop={(keys) => pick(keys, false)}
        />
      )}
    </>
  )
}

/** Returns why this person may not create connections in a project; null when they may. */
function useWhyNot({ project }: InventoryProject): string | null {
  const { mayChange, askWhom } = computePermissions(usePerson(), project.id)
  if (project.keyMayCreate === "no") return `This server's key may not create connections in ${project.name}.`
  return mayChange ? null : `You may look at ${project.name}. To create in it, ask ${toAskWhom(askWhom)}.`
}
