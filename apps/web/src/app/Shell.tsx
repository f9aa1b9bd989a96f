import type { SessionInfo } from "@peering-desk/shared-schemas"
import { Suspense, type ReactNode } from "react"
import { Link, useLocation } from "wouter"
import { ProjectPicker } from "#features/projects/ProjectPicker.tsx"
import type { AppPermissions } from "#shared/permissions.ts"
import { pagePaths } from "#shared/page-paths.ts"
import styles from "./Shell.module.css"
import { LiveIndicator } from "./LiveIndicator.tsx"
import { lazyPage } from "./lazy-page.ts"

const AccountMenu = lazyPage(async () => (await import("#features/session/AccountMenu.tsx")).AccountMenu)

// It lies below the window, so nobody waits for it.
const Footer = lazyPage(async () => (await import("./Footer.tsx")).Footer)

/** What is around every page. Its frame is in `index.html` too, with the same classes. */
export function Shell({
  projectId,
  user,
  permissions: { seesProjects, seesMany, readsAudit, administers },
  isSignedOut,
  children,
}: {
  projectId: string | null
  /** Undefined until it is known, and when nobody is signed in. */
  user: SessionInfo | undefined
  permissions: AppPermissions
  isSignedOut: boolean
  children: ReactNode
}) {
  const [path] = useLocation()
  const home = projectId === null ? pagePaths.home() : pagePaths.connections(projectId)
  const links: [shown: boolean, words: string, href: string, within?: string][] = [
    [seesProjects, "Connections", home, "/projects/"],
    [seesMany, "Estate", pagePaths.inventory()],
    [seesProjects, "Map", pagePaths.addressMap()],
    [readsAudit, "Audit", pagePaths.audit()],
    [administers, "Keys", pagePaths.keys()],
  ]
  return (
    <>
      <a href="#page" className={styles.skip} onClick={focusTitle}>
        Skip to the content
      </a>
      <header className="shell-header">
        <Link href={pagePaths.home()} className="shell-brand">
          <span className="shell-mark" />
          <span className="shell-name">Peering Desk</span>
        </Link>
        {!isSignedOut && (
          <>
            {seesProjects && <ProjectPicker projectId={projectId} />}
            <nav aria-label="Pages" className={styles.nav}>
              {links.map(
                ([shown, words, href, within = href]) =>
                  shown && (
                    <Link
                      key={words}
                      href={href}
                      className={styles.link}
                      aria-current={path === href ? "page" : path.startsWith(within)}
                    >
                      {words}
                    </Link>
                  ),
              )}
            </nav>
            <span className={styles.live}>{projectId !== null && <LiveIndicator />}</span>
            <span className={styles.account}>
              {user !== undefined && (
                <Suspense>
                  <AccountMenu key={path} session={user} projectId={projectId} />
                </Suspense>
              )}
            </span>
          </>
        )}
      </header>
      <main id="page" className="shell-main">
        {children}
      </main>
      <Suspense>
        <Footer />
      </Suspense>
    </>
  )
}

/** The address must stay as it is: the fragment is of no page. */
function focusTitle(event: React.MouseEvent) {
  event.preventDefault()
  document.querySelector<HTMLElement>("main h1")?.focus()
}
