import { useQuery } from "@tanstack/react-query"
import { useLocation, useSearch } from "wouter"
import { projectsQuery } from "#api/projects/projects.ts"
import { usePerson } from "#api/session.ts"
import { toAskWhom } from "#copy/access.ts"
import { crumbTo } from "#shared/crumb-to.tsx"
import { pagePaths } from "#shared/page-paths.ts"
import { computePermissions } from "#shared/permissions.ts"
import { PageLink } from "#shared/PageLink.tsx"
import { ReadFailure } from "#shared/refusals/ReadFailure.tsx"
import { EmptyState } from "#ui/EmptyState.tsx"
import { PageHeader } from "#ui/PageHeader.tsx"
import { ProjectField } from "./ProjectField.tsx"
import styles from "./create-peering.module.css"

const crumbs = [crumbTo(pagePaths.allConnections(), "Connections")]

/** The form before its project is known: the first field alone. A link's values go on to the project's form. */
export function ChooseProjectPage() {
  const person = usePerson()
  const read = useQuery(projectsQuery())
  const { data: projects, error } = read
  const [, navigate] = useLocation()
  const search = useSearch()
  const mayCreate = projects?.some(({ id }) => computePermissions(person, id).mayChange)
  return (
    <>
      <PageHeader title="New connection" crumbs={crumbs} />
      {projects === undefined && error !== null && <ReadFailure read={read} />}
      {mayCreate === false ? (
        <EmptyState
          title="You can view connections, not create them"
          action={<PageLink href={pagePaths.allConnections()}>View connections</PageLink>}
        >
          Ask {toAskWhom(person?.askWhom ?? null)} for the requester role in a project.
        </EmptyState>
      ) : (
        <div className={`grid gap-12 above-20 ${styles.alone}`}>
          <ProjectField
            person={person}
            projectId={null}
            onChoose={(id) => navigate(`${pagePaths.newConnection(id)}${search === "" ? "" : `?${search}`}`)}
          />
          <p className="quiet text-13">The form opens with the project's containers and checks.</p>
        </div>
      )}
    </>
  )
}
