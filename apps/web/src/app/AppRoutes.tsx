import { Suspense, useEffect } from "react"
import { Route, Switch, useLocation, useRoute } from "wouter"
import { useFollow } from "#api/peerings/peering-events.ts"
import { useOwnDataOnly, useSession } from "#api/session.ts"
import { PeeringListPage } from "#features/connection-list/PeeringListPage.tsx"
import { keepLastProject } from "#features/projects/last-project.ts"
import { computeAppPermissions, getRole, type AppPermissions } from "#shared/permissions.ts"
import { pagePatterns } from "#shared/page-paths.ts"
import { Shell } from "./Shell.tsx"
import { lazyPage } from "./lazy-page.ts"
import { ErrorBoundary } from "./ErrorBoundary.tsx"

const CreatePeeringPage = lazyPage(
  async () => (await import("#features/create-peering/CreatePeeringPage.tsx")).CreatePeeringPage,
)
const ConnectionPage = lazyPage(async () => (await import("./ConnectionPage.tsx")).ConnectionPage)
const SignedOut = lazyPage(async () => (await import("#features/session/SignedOut.tsx")).SignedOut)
const HandOffShell = lazyPage(async () => (await import("./HandOffShell.tsx")).HandOffShell)
const OtherPages = lazyPage(async () => (await import("./OtherPages.tsx")).OtherPages)

/** Which page an address shows to whom. Behind a hand-off link nobody is asked who they are. */
export function AppRoutes() {
  const [isHandOff] = useRoute(pagePatterns.handOff)
  return isHandOff ? (
    <Suspense>
      <HandOffShell />
    </Suspense>
  ) : (
    <Desk />
  )
}

function Desk() {
  const [path] = useLocation()
  const session = useSession()
  const projectId = useProjectInAddress()
  const [isForm] = useRoute(pagePatterns.newConnection)
  const user = typeof session === "object" ? session : undefined
  const isSignedOut = typeof session === "string"
  const permissions = computeAppPermissions(user)
  // Who is in the middle of a form goes on with it; everything else is for the person who was signed in.
  const keepsForm = session === "ended" && isForm

  useOwnDataOnly(session)
  useFollow(user !== undefined && projectId !== null && getRole(user, projectId) !== null ? projectId : null)
  useEffect(() => {
    if (projectId !== null) keepLastProject(projectId)
  }, [projectId])

  return (
    <Shell projectId={projectId} user={user} permissions={permissions} isSignedOut={isSignedOut}>
      <ErrorBoundary key={path}>
        <Suspense>
          {isSignedOut && <SignedOut hasEnded={session === "ended"} isAboveForm={keepsForm} />}
        </Suspense>
        <Suspense fallback={<p className="shell-wait">Loading the page</p>}>
          {(!isSignedOut || keepsForm) && <Pages {...permissions} />}
        </Suspense>
      </ErrorBoundary>
    </Shell>
  )
}

/** `new` comes before the page of one connection, whose pattern it fits too. */
function Pages(permissions: AppPermissions) {
  return (
    <Switch>
      {!permissions.hasNone && (
        <>
          <Route path={pagePatterns.connections}>
            {(params) => <PeeringListPage key={params.projectId} {...params} />}
          </Route>
          <Route path={pagePatterns.newConnection}>
            {(params) => <CreatePeeringPage key={params.projectId} {...params} />}
          </Route>
          <Route path={pagePatterns.connection}>
            {(params) => <ConnectionPage key={params.peeringId} {...params} />}
          </Route>
        </>
      )}
      <Route>
        <OtherPages {...permissions} />
      </Route>
    </Switch>
  )
}

/** The project whose pages are shown; null on the others. */
function useProjectInAddress(): string | null {
  const [, params] = useRoute("/projects/:projectId/*?")
  return params?.projectId ?? null
}
