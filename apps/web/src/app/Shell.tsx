import type { SessionInfo } from "@peering-desk/shared-schemas"
import { useEffect, useEffectEvent, useState, type ReactNode } from "react"
import { useLocation } from "wouter"
import { readLastProject } from "#shared/last-project.ts"
import { AccountMenu } from "#features/session/AccountMenu.tsx"
import type { AppPermissions } from "#shared/permissions.ts"
import { useMedia } from "#ui/hooks/use-media.ts"
import { Toasts } from "#ui/overlay/Toasts.tsx"
import { focusTitle } from "#ui/PageHeader.tsx"
import { Brand } from "./Brand.tsx"
import { Freshness } from "./Freshness.tsx"
import { MobileBar } from "./MobileBar.tsx"
import { Palette } from "./Palette.tsx"
import { QuickActions, type QuickAction } from "./QuickActions.tsx"
import styles from "./Shell.module.css"
import { Sidebar } from "./Sidebar.tsx"
import { useWayBack } from "./use-way-back.ts"

/** The frame around every page: a sidebar and a bar, or one bar with a menu. `index.html` draws it too, with the same classes. */
export function Shell({
  projectId,
  user,
  permissions,
  isSignedOut,
  isTakenOver,
  children,
}: {
  /** The project whose page is shown; null on pages of all projects. */
  projectId: string | null
  /** Undefined while unknown, and when nobody is signed in. */
  user: SessionInfo | undefined
  permissions: AppPermissions
  isSignedOut: boolean
  /** False while the browser takes over what the server drew. */
  isTakenOver: boolean
  children: ReactNode
}) {
  const isNarrow = useMedia("(max-width: 800px)")
  const [quick, setQuick] = useState<QuickAction>(null)
  const [path] = useLocation()
  const [lastPath, setLastPath] = useState(path)
  if (path !== lastPath) {
    // Going to another page closes what is open above this one.
    setLastPath(path)
    setQuick(null)
  }
  usePaletteKey(user !== undefined, () => setQuick("palette"))
  // From the first page on: a link may be followed before anything else is loaded.
  useWayBack()
  const toAccount = (inBar: boolean) =>
    user !== undefined && (
      <AccountMenu
        key={path}
        session={user}
        projectId={projectId}
        isNarrow={inBar}
        onShortcuts={() => setQuick("shortcuts")}
        onAbout={() => setQuick("about")}
      />
    )
  const chosenProject = projectId ?? readLastProject()
  const sidebar = (
    <Sidebar chosenProject={chosenProject} permissions={permissions} onSearch={() => setQuick("palette")} />
  )
  // Until the width is known, both bars are there, and CSS shows the one that fits.
  const hasBar = (width: "narrow" | "wide") => !isSignedOut && isNarrow !== (width === "wide")
  return (
    <>
      <noscript>
        <p>Without JavaScript, this page can be read only.</p>
      </noscript>
      <a href="#page" className={`rounded-s afloat strong ${styles.skip}`} onClick={skip}>
        Skip to the content
      </a>
      <div className={isSignedOut ? undefined : "shell"}>
        {hasBar("wide") && (
          <aside className="shell-side" aria-label="Sidebar">
            <div className="beside column full-height">
              <Brand />
              {sidebar}
              <div className={styles.account}>{toAccount(false)}</div>
            </div>
          </aside>
        )}
        <div className="narrow anchor">
          {hasBar("narrow") && (
            <MobileBar
              account={toAccount(true)}
              freshness={<Freshness projectId={projectId} />}
              onSearch={() => setQuick("palette")}
            >
              {sidebar}
            </MobileBar>
          )}
          {hasBar("wide") && (
            <header className="shell-bar shell-wide">
              <Freshness projectId={projectId} />
            </header>
          )}
          <main id="page" className="shell-main">
            {children}
          </main>
        </div>
      </div>
      {user !== undefined && quick === "palette" && (
        <Palette chosenProject={chosenProject} permissions={permissions} onOpen={setQuick} />
      )}
      {user !== undefined && isTakenOver && (
        <QuickActions permissions={permissions} open={quick} onOpen={setQuick} />
      )}
      <Toasts />
    </>
  )
}

/** Moves the focus to the title and leaves the address unchanged. */
function skip(event: React.MouseEvent) {
  event.preventDefault()
  focusTitle()
}

/** Opens the palette on Ctrl+K and ⌘K. It listens from the first paint on, so that a key pressed early is not lost. */
function usePaletteKey(isSignedIn: boolean, openPalette: () => void): void {
  const open = useEffectEvent(openPalette)
  useEffect(() => {
    if (!isSignedIn) return undefined
    const press = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey) return
      event.preventDefault()
      open()
    }
    document.addEventListener("keydown", press)
    return () => document.removeEventListener("keydown", press)
  }, [isSignedIn])
}
