import type { SessionInfo } from "@peering-desk/shared-schemas"
import type { ReactNode } from "react"
import { Link, useLocation } from "wouter"
import { AccountMenu } from "#features/session/AccountMenu.tsx"
import { ProjectPicker } from "#features/projects/ProjectPicker.tsx"
import type { AppPermissions } from "#shared/permissions.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { Footer } from "./Footer.tsx"
import { LiveIndicator } from "./LiveIndicator.tsx"
import styles from "./Shell.module.css"

/** The frame around every page. `index.html` draws it too, with the same classes. */
export function Shell({
  projectId,
  user,
  permissions: { seesProjects, seesMany, readsAudit, administers },
  isSignedOut,
  children,
}: {
  projectId: string | null
  /** Undefined while unknown, and when nobody is signed in. */
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
    [seesProjects, "Map", pagePaths.addressSpace()],
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
              {user !== undefined && <AccountMenu key={path} session={user} projectId={projectId} />}
            </span>
          </>
        )}
      </header>
      <main id="page" className="shell-main">
        {children}
      </main>
      <Footer />
    </>
  )
}

/** Moves the focus to the title and leaves the address unchanged. */
function focusTitle(event: React.MouseEvent) {
  event.preventDefault()
  document.querySelector<HTMLElement>("main h1")?.focus()
}
