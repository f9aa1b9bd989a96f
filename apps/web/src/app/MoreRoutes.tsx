import { Redirect, Route, Switch, useSearchParams } from "wouter"
import { pagePaths, pagePatterns } from "#shared/page-paths.ts"
import { lazyPage } from "#ui/lazy-page.ts"
import { PageLink } from "#shared/PageLink.tsx"
import { PageHeader } from "#ui/PageHeader.tsx"

const ApprovalsPage = lazyPage(
  async () => (await import("#features/approvals/ApprovalsPage.tsx")).ApprovalsPage,
)
const NotificationsPage = lazyPage(
  async () => (await import("#features/notifications/NotificationsPage.tsx")).NotificationsPage,
)
const CloudAccountsPage = lazyPage(
  async () => (await import("#features/cloud-accounts/CloudAccountsPage.tsx")).CloudAccountsPage,
)
const ApprovalPage = lazyPage(async () => (await import("#features/approvals/ApprovalPage.tsx")).ApprovalPage)
const PolicyPage = lazyPage(async () => (await import("#features/approvals/PolicyPage.tsx")).PolicyPage)

/** The pages that few installations or few people open, and former addresses: they load when no other pattern fits. */
export function MoreRoutes() {
  return (
    <Switch>
      <Route path={pagePatterns.approvals} component={ApprovalsPage} />
      <Route path={pagePatterns.approvalPolicy} component={PolicyPage} />
      <Route path={pagePatterns.approval}>
        {({ approvalId }) => <ApprovalPage key={approvalId} approvalId={approvalId} />}
      </Route>
      <Route path={`${pagePatterns.notifications}/:view?`}>
        {({ view }) => <NotificationsPage view={view} />}
      </Route>
      <Route path={pagePatterns.cloudAccounts} component={CloudAccountsPage} />
      {redirects}
      <Route component={NotFoundPage} />
    </Switch>
  )
}

/** Shown at an address without a page. */
function NotFoundPage() {
  return (
    <>
      <PageHeader title="Page not found">The address may be cut off or mistyped.</PageHeader>
      <PageLink href={pagePaths.home()}>Go to Overview</PageLink>
    </>
  )
}

/** Addresses that pages had before, for links that people kept. The query goes along. */
const redirects = [
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
