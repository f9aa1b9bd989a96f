import { lazy, Suspense } from "react"
import { Route, Switch } from "wouter"
import { PageHeading } from "#ui/PageHeading.tsx"
import { pagePatterns } from "#page-paths.ts"

const CreatePeeringPage = lazy(async () => {
  const { CreatePeeringPage: page } = await import("#features/create-peering/CreatePeeringPage.tsx")
  return { default: page }
})

/** Which page an address shows. `new` comes before the page of one connection, whose pattern it fits too. */
export function AppRoutes() {
  return (
    <Suspense fallback={<p className="shell-wait">Loading</p>}>
      <Switch>
        <Route path={pagePatterns.newConnection}>
          {({ projectId }) => <CreatePeeringPage key={projectId} projectId={projectId} />}
        </Route>
        <Route>
          <PageHeading title="No such page" />
        </Route>
      </Switch>
    </Suspense>
  )
}
