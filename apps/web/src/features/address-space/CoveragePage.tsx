import { toInventoryPeering } from "@peering-desk/peering-rules"
import type { Overview, Project } from "@peering-desk/shared-schemas"
import { useQuery } from "@tanstack/react-query"
import { useMemo } from "react"
import { useSearchParams } from "wouter"
import { AddressSpaceFrame } from "./AddressSpaceFrame.tsx"
import { useFollow } from "#api/peerings/live-updates.ts"
import { overviewQuery } from "#api/peerings/overview.ts"
import { peeringsQuery } from "#api/peerings/peering-list.ts"
import { containersQuery } from "#api/projects/containers.ts"
import { projectsQuery } from "#api/projects/projects.ts"
import { ReadFailure } from "#shared/refusals/ReadFailure.tsx"
import { SelectField } from "#ui/fields/SelectField.tsx"
import { chooseCovered, type CoveredProject, toCoverage } from "#features/address-space/coverage/coverage.ts"
import { CoverageView } from "#features/address-space/coverage/CoverageView.tsx"
import styles from "#features/address-space/coverage/coverage.module.css"

/** The page of a project's networks by the Atlas regions that they reach. */
export function CoveragePage() {
  return (
    <AddressSpaceFrame tab="coverage" below="Networks and the Atlas regions they reach">
      <ProjectCoverage />
    </AddressSpaceFrame>
  )
}

/** The coverage of a project that the person chooses. */
function ProjectCoverage() {
  const read = useQuery(overviewQuery())
  const { data: overview, error } = read
  const { data: projects } = useQuery(projectsQuery())
  const [search, setSearch] = useSearchParams()
  const isRead = overview !== undefined && projects !== undefined
  const shown = isRead ? chooseCovered(projects, overview, search.get("project")) : undefined
  return (
    <div className="stack gap-20 pad-top-20">
      {error !== null && <ReadFailure read={read} />}
      {!isRead && error === null && <Loading />}
      {projects?.length === 0 && <p className={`center quiet ${styles.nothing}`}>No projects yet.</p>}
      {isRead && shown !== undefined && (
        <>
          <div className={styles.narrow}>
            <SelectField
              label="Project"
              options={projects.map(({ id, name }) => [id, name])}
              value={shown.id}
              onChange={(projectId) => setSearch(projectId === null ? {} : { project: projectId })}
            />
          </div>
          <OfProject key={shown.id} project={shown} limits={overview.limits} />
        </>
      )}
    </div>
  )
}

function OfProject({ project, limits }: { project: Project; limits: Overview["limits"] }) {
  const read = useQuery(peeringsQuery(project.id))
  const { data: list, error } = read
  const { data: containers, error: unread } = useQuery(containersQuery(project.id))
  useFollow(project.id)
  const of = useMemo((): CoveredProject | undefined => {
    if (list === undefined || (containers === undefined && unread === null)) return undefined
    const { peerings, watches } = list
    const listed = peerings.map(toInventoryPeering)
    const pending = listed.filter(({ turn }) => turn === "atlas" || turn === "you").length
    return {
      project,
      peerings: listed,
      containers: containers ?? [],
      areContainersUnread: unread !== null,
      watches,
      quota: { used: listed.length, pending, ...limits },
    }
  }, [project, list, containers, unread, limits])
  const coverages = useMemo(() => of && toCoverage(of), [of])
  if (of !== undefined && coverages !== undefined) return <CoverageView of={of} coverages={coverages} />
  return error === null ? <Loading /> : <ReadFailure read={read} projectId={project.id} />
}

const Loading = () => <p className="shell-wait">Loading connections…</p>
