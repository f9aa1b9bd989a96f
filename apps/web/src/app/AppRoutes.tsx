import { Suspense, useCallback, useEffect, useState } from "react"
import { Switch, useLocation, useRoute } from "wouter"
import { useFollow } from "#api/peerings/live-updates.ts"
import { useAwaitsSession, useOwnDataOnly, useSession } from "#api/session.ts"
import { keepLastProject } from "#shared/last-project.ts"
import { pagePatterns } from "#shared/page-paths.ts"
import { computeAppPermissions, getRole } from "#shared/permissions.ts"
import { readFirstRender } from "#ui/first-render.ts"
import { PageBoundary } from "./PageBoundary.tsx"
import { lazyPage } from "#ui/lazy-page.ts"
import { routes } from "./routes.tsx"
import { Shell } from "./Shell.tsx"
import { useIsFrameDue } from "./use-frame-due.ts"

const HandOffShell = lazyPage(async () => (await import("./HandOffShell.tsx")).HandOffShell)
const NoAccessPage = lazyPage(async () => (await import("#features/session/NoAccessPage.tsx")).NoAccessPage)
const AuditorPage = lazyPage(async () => (await import("#features/session/AuditorPage.tsx")).AuditorPage)
const SignInPage = lazyPage(async () => (await import("#features/session/SignInPage.tsx")).SignInPage)
const SessionEndedNotice = lazyPage(
  async () => (await import("#features/session/SessionEndedNotice.tsx")).SessionEndedNotice,
)

// In development only: a build drops it.
const Gallery = import.meta.env.DEV
  ? lazyPage(async () => (await import("#gallery/Gallery.tsx")).Gallery)
  : null

/** Shows the page at the address: behind a hand-off link without a session, every other page in the shell. */
export function AppRoutes({ onPage }: { onPage: (() => void) | undefined }) {
  const [isHandOff] = useRoute(pagePatterns.handOff)
  const [isGallery] = useRoute("/gallery")
  if (Gallery !== null && isGallery)
    return (
      <main className="shell-main">
        <Suspense>
          <Gallery />
        </Suspense>
      </main>
    )
  if (!isHandOff) return <Pages onPage={onPage} />
  return (
    <Suspense>
      {onPage && <WhenThere call={onPage} />}
      <HandOffShell />
    </Suspense>
  )
}

function Pages({ onPage }: { onPage: (() => void) | undefined }) {
  const [path] = useLocation()
  const session = useSession()
  const projectId = useProjectInAddress()
  const awaitsSession = useAwaitsSession()
  const [isForm] = useRoute(pagePatterns.newConnection)
  const user = typeof session === "object" ? session : undefined
  const isSignedOut = typeof session === "string"
  const permissions = computeAppPermissions(user)
  // An auditor sees no project. The home page leads on by itself.
  const isForOthers = !permissions.seesProjects && path !== "/" && !/^\/(audit|sessions)\b/.test(path)
  // A half-filled form stays open after the session ends; everything else needs a session.
  const keepsForm = session === "ended" && isForm

  // Nothing may change before the browser took over the page: React compares both.
  // Not by a store: its update would have React draw a page again whose script it still waits for.
  const [isTakenOver, setTakenOver] = useState(() => readFirstRender() === null)
  const begin = useCallback(() => {
    setTakenOver(true)
    onPage?.()
  }, [onPage])
  const follows = isTakenOver && user !== undefined && projectId !== null && getRole(user, projectId) !== null

  useOwnDataOnly(session)
  useFollow(follows ? projectId : null, useIsFrameDue())
  useEffect(() => {
    if (projectId !== null) keepLastProject(projectId)
  }, [projectId])

  if (awaitsSession) return <Frame />
  const isOutside = isSignedOut && !keepsForm
  if (isOutside || permissions.hasNone) {
    return (
      <PageBoundary path={path}>
        <Suspense fallback={isOutside ? null : <Frame />}>
          <WhenThere call={begin} />
          {isOutside ? <SignInPage hasEnded={session === "ended"} /> : <NoAccessPage />}
        </Suspense>
      </PageBoundary>
    )
  }
  return (
    <Shell
      projectId={projectId}
      user={user}
      permissions={permissions}
      isSignedOut={isSignedOut}
      isTakenOver={isTakenOver}
    >
      <PageBoundary path={path}>
        <Suspense>{keepsForm && <SessionEndedNotice />}</Suspense>
        <Suspense fallback={<p className="shell-wait">Loading the page</p>}>
          <WhenThere call={begin} />
          {isForOthers ? <AuditorPage /> : <Switch>{routes}</Switch>}
        </Suspense>
      </PageBoundary>
    </Shell>
  )
}

/** Calls back once what is beside it can be used. */
function WhenThere({ call }: { call: () => void }) {
  useEffect(call, [call])
  return null
}

/** The frame without content, as `index.html` draws it. */
function Frame() {
  return (
    <div className="shell">
      <div className="shell-side">
        <span className="shell-brand">
          <span className="shell-mark" />
          Peering Desk
        </span>
      </div>
      <div>
        <div className="shell-bar" />
        <main className="shell-main" aria-busy="true">
          <p className="shell-wait">Loading Peering Desk</p>
        </main>
      </div>
    </div>
  )
}

/** Returns the project whose pages are shown; null on the others. */
function useProjectInAddress(): string | null {
  const [, params] = useRoute("/projects/:projectId/*?")
  return params?.projectId ?? null
}
