import { lazy, Suspense, useEffect } from "react"
import { Route, Switch, useLocation, useRoute } from "wouter"
import { useFollow } from "#api/peering-events.ts"
import { PeeringListPage } from "#features/peerings/PeeringListPage.tsx"
import { HomePage } from "#features/projects/HomePage.tsx"
import { keepLastProject } from "#features/projects/last-project.ts"
import { pagePatterns } from "#page-paths.ts"
import { Layout } from "./Layout.tsx"
import { NotFoundPage } from "./NotFoundPage.tsx"
import { PageFault } from "./PageFault.tsx"

const CreatePeeringPage = lazy(async () => {
  const { CreatePeeringPage: page } = await import("#features/create-peering/CreatePeeringPage.tsx")
  return { default: page }
})

const PeeringPage = lazy(async () => {
  const { PeeringPage: page } = await import("#features/peerings/PeeringPage.tsx")
  return { default: page }
})

/** Which page an address shows. `new` comes before the page of one connection, whose pattern it fits too. */
export function AppRoutes() {
  const [path] = useLocation()
  const projectId = useProjectInAddress()
  useFollow(projectId)
  useEffect(() => {
    if (projectId !== null) keepLastProject(projectId)
  }, [projectId])

  return (
    <Layout projectId={projectId}>
      <PageFault key={path}>
        <Suspense fallback={<p className="shell-wait">Loading the page</p>}>
          <Switch>
            <Route path={pagePatterns.home} component={HomePage} />
            <Route path={pagePatterns.connections}>
              {(params) => <PeeringListPage key={params.projectId} {...params} />}
            </Route>
            <Route path={pagePatterns.newConnection}>
              {(params) => <CreatePeeringPage key={params.projectId} {...params} />}
            </Route>
            <Route path={pagePatterns.connection}>
              {(params) => <PeeringPage key={params.peeringId} {...params} />}
            </Route>
            <Route component={NotFoundPage} />
          </Switch>
        </Suspense>
      </PageFault>
    </Layout>
  )
}

/** The project whose pages are shown; null on the others. */
function useProjectInAddress(): string | null {
  const [, params] = useRoute("/projects/:projectId/*?")
  return params?.projectId ?? null
}
