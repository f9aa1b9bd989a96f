import { Redirect, Route, Switch } from "wouter"
import type { AppPermissions } from "#shared/permissions.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { lazyPage } from "./lazy-page.ts"
import { NotFoundPage } from "./NotFoundPage.tsx"
import { otherPatterns } from "./other-patterns.ts"

const HomePage = lazyPage(async () => (await import("#features/projects/HomePage.tsx")).HomePage)
const AddressMapPage = lazyPage(
  async () => (await import("#features/address-map/AddressMapPage.tsx")).AddressMapPage,
)
const ContainersPage = lazyPage(
  async () => (await import("#features/containers/ContainersPage.tsx")).ContainersPage,
)
const AllConnectionsPage = lazyPage(
  async () => (await import("#features/all-connections/AllConnectionsPage.tsx")).AllConnectionsPage,
)
const AuditPage = lazyPage(async () => (await import("#features/audit/AuditPage.tsx")).AuditPage)
const AuditStoryPage = lazyPage(
  async () => (await import("#features/audit/AuditStoryPage.tsx")).AuditStoryPage,
)
const KeysPage = lazyPage(async () => (await import("#features/keys/KeysPage.tsx")).KeysPage)
const SessionsPage = lazyPage(async () => (await import("#features/session/SessionsPage.tsx")).SessionsPage)
const NoAccessPage = lazyPage(async () => (await import("#features/session/NoAccessPage.tsx")).NoAccessPage)

/** The pages apart from those that most people come for. */
export function OtherPages({ hasNone, seesProjects }: AppPermissions) {
  if (hasNone) return <NoAccessPage />
  return (
    <Switch>
      <Route path={otherPatterns.home}>
        {seesProjects ? <HomePage /> : <Redirect to={pagePaths.audit()} replace />}
      </Route>
      <Route path={otherPatterns.containers}>
        {(params) => <ContainersPage key={params.projectId} {...params} />}
      </Route>
      <Route path={otherPatterns.addressMap} component={AddressMapPage} />
      <Route path={otherPatterns.inventory} component={AllConnectionsPage} />
      <Route path={otherPatterns.audit} component={AuditPage} />
      <Route path={otherPatterns.auditRow}>
        {(params) => <AuditStoryPage key={params.sequence} {...params} />}
      </Route>
      <Route path={otherPatterns.keys} component={KeysPage} />
      <Route path={otherPatterns.sessions} component={SessionsPage} />
      <Route component={NotFoundPage} />
    </Switch>
  )
}
