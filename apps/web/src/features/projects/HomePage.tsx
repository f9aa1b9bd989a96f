import { useQuery } from "@tanstack/react-query"
import { Redirect } from "wouter"
import { projectsQuery } from "#api/projects/projects.ts"
import { usePerson } from "#api/session.ts"
import { RefusalNotice } from "#shared/refusals/RefusalNotice.tsx"
import { computeAppPermissions } from "#shared/permissions.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { Button } from "#ui/Button.tsx"
import { Card } from "#ui/Card.tsx"
import { PageHeader } from "#ui/PageHeader.tsx"
import { toProblemWords } from "#copy/problems.ts"
import { readLastProject } from "./last-project.ts"

/** Goes to the last project, or the first, an auditor without projects to the audit log; says what to do without a project. */
export function HomePage() {
  const { seesProjects } = computeAppPermissions(usePerson())
  return seesProjects ? <Projects /> : <Redirect to={pagePaths.audit()} replace />
}

function Projects() {
  const { data: projects, error, isFetching, refetch } = useQuery(projectsQuery())

  if (projects === undefined) {
    return error === null ? (
      <p className="shell-wait">Loading the projects</p>
    ) : (
      <>
        <PageHeader title="Projects" />
        <RefusalNotice
          words={toProblemWords(error)}
          projectId={null}
          actions={
            <Button onClick={() => void refetch()} disabled={isFetching}>
              Try again
            </Button>
          }
        />
      </>
    )
  }

  const last = readLastProject()
  const project = projects.find(({ id }) => id === last) ?? projects[0]
  if (project !== undefined) return <Redirect to={pagePaths.connections(project.id)} replace />
  return (
    <>
      <PageHeader title="No project yet">This server's Atlas API key sees no project.</PageHeader>
      <Card title="What gives it one">
        <p>
          In Atlas, a Project Owner invites the API key to a project (Project, Access Manager, API Keys) with
          the role Project Owner, which may create connections, or Project Read Only, which may follow them.
        </p>
        <p>
          <Button onClick={() => void refetch()} disabled={isFetching}>
            Look again
          </Button>
        </p>
      </Card>
    </>
  )
}
