import type { ComponentType } from "react"
import { Route, type StringRouteParams } from "wouter"
import { AllConnectionsPage } from "#features/connection-list/AllConnectionsPage.tsx"
import { ProjectConnectionsPage } from "#features/connection-list/ProjectConnectionsPage.tsx"
import { OverviewPage } from "#features/overview/OverviewPage.tsx"
import { pagePatterns } from "#shared/page-paths.ts"
import { lazyPage } from "#ui/lazy-page.ts"

const MoreRoutes = lazyPage(async () => (await import("./MoreRoutes.tsx")).MoreRoutes)
const PeeringPage = lazyPage(async () => (await import("#features/connection/PeeringPage.tsx")).PeeringPage)

/**
 * The pages of the application; `MoreRoutes` has the rest. Overview and the lists come with the application, the others load when they are opened. The
 * first pattern that fits counts, so `new` comes before the page of one connection.
 */
export const routes = [
  toRoute(pagePatterns.home, OverviewPage),
  toRoute(pagePatterns.allConnections, AllConnectionsPage),
  toRoute(pagePatterns.connections, ProjectConnectionsPage),
  toRoute(
    pagePatterns.newConnectionAnywhere,
    lazyPage(async () => (await import("#features/create-peering/ChooseProjectPage.tsx")).ChooseProjectPage),
  ),
  toRoute(
    pagePatterns.newConnection,
    lazyPage(async () => (await import("#features/create-peering/CreatePeeringPage.tsx")).CreatePeeringPage),
  ),
  <Route key="connection" path={`${pagePatterns.connection}/:view?`}>
    {({ projectId, peeringId, view = "path" }) =>
      view === "path" || view === "activity" || view === "code" ? (
        // Its views are one page: the choice of another keeps what is open.
        <PeeringPage
          key={`${projectId} ${peeringId}`}
          projectId={projectId}
          peeringId={peeringId}
          view={view}
        />
      ) : (
        <MoreRoutes />
      )
    }
  </Route>,
  toRoute(
    pagePatterns.containers,
    lazyPage(async () => (await import("#features/containers/ContainersPage.tsx")).ContainersPage),
  ),
  toRoute(
    pagePatterns.settings,
    lazyPage(async () => (await import("#features/settings/SettingsPage.tsx")).SettingsPage),
  ),
  toRoute(
    pagePatterns.addressSpace,
    lazyPage(async () => (await import("#features/address-space/AddressSpacePage.tsx")).AddressSpacePage),
  ),
  toRoute(
    pagePatterns.addressCoverage,
    lazyPage(async () => (await import("#features/address-space/CoveragePage.tsx")).CoveragePage),
  ),
  toRoute(
    pagePatterns.addressBlocks,
    lazyPage(async () => (await import("#features/address-space/BlocksPage.tsx")).BlocksPage),
  ),
  toRoute(
    pagePatterns.audit,
    lazyPage(async () => (await import("#features/audit/AuditPage.tsx")).AuditPage),
  ),
  toRoute(
    pagePatterns.auditRow,
    lazyPage(async () => (await import("#features/audit/AuditEntryPage.tsx")).AuditEntryPage),
  ),
  toRoute(
    pagePatterns.keys,
    lazyPage(async () => (await import("#features/keys/KeysPage.tsx")).KeysPage),
  ),
  toRoute(
    pagePatterns.sessions,
    lazyPage(async () => (await import("#features/session/SessionsPage.tsx")).SessionsPage),
  ),
  toRoute(
    pagePatterns.tokens,
    lazyPage(async () => (await import("#features/api-tokens/TokensPage.tsx")).TokensPage),
  ),
  <Route key="more" component={MoreRoutes} />,
]

/** Shows a page at a pattern. Other parameters make another page, which keeps nothing of the one before. */
function toRoute<Pattern extends string>(pattern: Pattern, Page: ComponentType<StringRouteParams<Pattern>>) {
  return (
    <Route key={pattern} path={pattern}>
      {(params) => <Page key={Object.values(params).join(" ")} {...(params as StringRouteParams<Pattern>)} />}
    </Route>
  )
}
