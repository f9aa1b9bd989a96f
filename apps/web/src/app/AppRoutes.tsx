import { Suspense, useEffect } from "react"
import { Switch, useLocation, useRoute } from "wouter"
import { useFollow } from "#api/peerings/live-updates.ts"
import { useOwnDataOnly, useSession } from "#api/session.ts"
import { keepLastProject } from "#features/projects/last-project.ts"
import { pagePatterns } from "#shared/page-paths.ts"
import { computeAppPermissions, getRole } from "#shared/permissions.ts"
import { ErrorBoundary } from "./ErrorBoundary.tsx"
import { HandOffShell } from "./HandOffShell.tsx"
import { lazyPage } from "./lazy-page.ts"
import { routes } from "./routes.tsx"
import { Shell } from "./Shell.tsx"

const NoAccessPage = lazyPage(async () => (await import("#features/session/NoAccessPage.tsx")).NoAccessPage)
const SignedOut = lazyPage(async () => (await import("#features/session/SignedOut.tsx")).SignedOut)

/** Shows the page at the address: behind a hand-off link without a session, every other page in the shell. */
export function AppRoutes() {
  const [isHandOff] = useRoute(pagePatterns.handOff)
  return isHandOff ? <HandOffShell /> : <Pages />
}

function Pages() {
  const [path] = useLocation()
  const session = useSession()
  const projectId = useProjectInAddress()
  const [isForm] = useRoute(pagePatterns.newConnection)
  const user = typeof session === "object" ? session : undefined
  const isSignedOut = typeof session === "string"
  const permissions = computeAppPermissions(user)
  // A half-filled form stays open after the session ends; everything else needs a session.
  const keepsForm = session === "ended" && isForm

  useOwnDataOnly(session)
  useFollow(user !== undefined && projectId !== null && getRole(user, projectId) !== null ? projectId : null)
  useEffect(() => {
    if (projectId !== null) keepLastProject(projectId)
  }, [projectId])

  return (
    <Shell projectId={projectId} user={user} permissions={permissions} isSignedOut={isSignedOut}>
      <ErrorBoundary path={path}>
        <Suspense>
          {isSignedOut && <SignedOut hasEnded={session === "ended"} isAboveForm={keepsForm} />}
        </Suspense>
        <Suspense fallback={<p className="shell-wait">Loading the page</p>}>
          {permissions.hasNone && <NoAccessPage />}
          {!permissions.hasNone && (!isSignedOut || keepsForm) && <Switch>{routes}</Switch>}
        </Suspense>
      </ErrorBoundary>
    </Shell>
  )
}

/** Returns the project whose pages are shown; null on the others. */
function useProjectInAddress(): string | null {
  const [, params] = useRoute("/projects/:projectId/*?")
  return params?.projectId ?? null
}
