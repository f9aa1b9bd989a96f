import { providerLabels, type InventoryProject } from "@peering-desk/shared-schemas"
import { useMemo } from "react"
import { Link } from "wouter"
import { toRoleIn, useSession } from "#api/session.ts"
import { pagePaths } from "#page-paths.ts"
import { Card } from "#ui/Card.tsx"
import { toStateWords } from "#wording/connection-words.ts"
import { Pill } from "#ui/Pill.tsx"
import { Choice } from "./Choice.tsx"
import { toCoverage, type Coverage } from "./coverage.ts"
import type { InventoryRow } from "./inventory-rows.ts"
import styles from "./inventory.module.css"

interface Props {
  projects: readonly InventoryProject[]
  rows: readonly InventoryRow[]
  projectId: string | null
  onProject: (projectId: string | null) => void
}

/** Which of a project's application regions reach which Atlas regions, and what is missing for the rest. */
export function CoverageView({ projects, rows, projectId, onProject }: Props) {
  const shown =
    projects.find(({ project }) => project.id === projectId) ??
    projects.find(({ peerings }) => peerings.length > 0) ??
    projects[0]
  const coverages = useMemo(
    () =>
      shown === undefined
        ? []
        : toCoverage(
            shown,
            rows.filter(({ project }) => project.id === shown.project.id),
          ),
    [shown, rows],
  )
  const mayCreate = useMayCreate(shown)
  if (shown === undefined) return null
  return (
    <div className={styles.page}>
      <div className={styles.narrow}>
        <Choice
          label="Project"
          options={projects.map(({ project }) => [project.id, project.name])}
          value={shown.project.id}
          onChange={onProject}
        />
      </div>
      {coverages.length === 0 && (
        <Card>
          <p className={styles.nothing}>
            {shown.project.name} has no container with a connection yet, so there is nothing to compare.
          </p>
        </Card>
      )}
      {coverages.map((coverage) => (
        <Matrix
          key={coverage.providerName}
          coverage={coverage}
          formPath={mayCreate ? pagePaths.newConnection(shown.project.id) : null}
        />
      ))}
    </div>
  )
}

function useMayCreate(of: InventoryProject | undefined): boolean {
  const session = useSession()
  if (of === undefined || typeof session !== "object" || of.project.keyMayCreate === "no") return false
  const role = toRoleIn(session, of.project.id)
  return role === "requester" || role === "administrator"
}

const placeWords = { AWS: "Region of the VPC", AZURE: "VNet", GCP: "VPC network" } as const

function Matrix({
  coverage: { providerName, columns, lines },
  formPath,
}: {
  coverage: Coverage
  /** Null when the person may not create connections there. */
  formPath: string | null
}) {
  const cloud = providerLabels[providerName]
  return (
    <Card title={`${cloud}: from where to which Atlas region`}>
      <div className={styles.scroll}>
        <table className={styles.matrix}>
          <thead>
            <tr>
              <th scope="col">{placeWords[providerName]}</th>
              {columns.map(({ region, container }) => (
                <th scope="col" key={container.id}>
                  {region}
                  <span className={`${styles.sub} mono`}>{container.atlasCidrBlock}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lines.map(({ place, cells }) => (
              <tr key={place}>
                <th scope="row" className="mono">
                  {place}
                </th>
                {cells.map(({ rows: [first, ...more], missing }, index) => (
                  <td key={columns[index]?.container.id}>
                    {first !== undefined && (
                      <>
                        <Pill tone={first.turn}>{toStateWords(first.turn, first.peering.status)}</Pill>
                        <Link
                          className={styles.cell}
                          href={pagePaths.connection(first.project.id, first.peering.id)}
                        >
                          {first.title}
                        </Link>
                        {more.length > 0 && <span className={styles.sub}>and {more.length} more</span>}
                      </>
                    )}
                    {missing !== null && (
                      <>
                        <span className={styles.sub}>none</span>
                        {formPath !== null && (
                          <Link
                            className={styles.cell}
                            href={`${formPath}?${new URLSearchParams(missing)}`}
                            aria-label={`Create the missing one from ${place} to ${columns[index]?.region ?? ""}`}
                          >
                            Create the missing one
                          </Link>
                        )}
                      </>
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  )
}
