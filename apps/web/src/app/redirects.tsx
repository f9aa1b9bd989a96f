import { Redirect, Route, useSearchParams } from "wouter"
import { pagePaths } from "#shared/page-paths.ts"

/** Addresses that pages had before, for links that people kept. The query goes along. */
export const redirects = [
  <Route key="inventory" path="/inventory">
    <ToConnections />
  </Route>,
  <Route key="address-map" path="/address-map">
    <WithQuery to={pagePaths.addressSpace()} />
  </Route>,
  <Route key="project" path="/projects/:projectId">
    {({ projectId }) => <WithQuery to={pagePaths.connections(projectId)} />}
  </Route>,
]

/** The inventory had its views in the query. */
function ToConnections() {
  const [search] = useSearchParams()
  const view = search.get("view")
  if (view === "projects") return <Redirect to={pagePaths.home()} replace />
  return <WithQuery to={view === "coverage" ? pagePaths.addressCoverage() : pagePaths.allConnections()} />
}

function WithQuery({ to }: { to: string }) {
  const [search] = useSearchParams()
  const query = search.toString()
  return <Redirect to={query === "" ? to : `${to}?${query}`} replace />
}
