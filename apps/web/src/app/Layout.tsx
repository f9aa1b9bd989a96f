import type { ReactNode } from "react"
import { Link, useLocation } from "wouter"
import { ProjectPicker } from "#features/projects/ProjectPicker.tsx"
import { pagePaths } from "#page-paths.ts"
import { Footer } from "./Footer.tsx"
import styles from "./Layout.module.css"
import { LiveIndicator } from "./LiveIndicator.tsx"

/** What is around every page. Its frame is in `index.html` too, with the same classes. */
export function Layout({ projectId, children }: { projectId: string | null; children: ReactNode }) {
  const [path] = useLocation()
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
        <ProjectPicker projectId={projectId} />
        {projectId !== null && (
          <nav aria-label="Pages" className={styles.nav}>
            <Link
              href={pagePaths.connections(projectId)}
              className={styles.link}
              aria-current={path === pagePaths.connections(projectId) ? "page" : "true"}
            >
              Connections
            </Link>
          </nav>
        )}
        {projectId !== null && (
          <span className={styles.end}>
            <LiveIndicator />
          </span>
        )}
      </header>
      <main id="page" className="shell-main">
        {children}
      </main>
      <Footer />
    </>
  )
}

/** The address must stay as it is: the fragment is of no page. */
function focusTitle(event: React.MouseEvent) {
  event.preventDefault()
  document.querySelector<HTMLElement>("main h1")?.focus()
}
