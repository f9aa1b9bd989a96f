import { Suspense } from "react"
import { lazyPage } from "#ui/lazy-page.ts"
import { PageBoundary } from "./PageBoundary.tsx"
import styles from "./HandOffShell.module.css"

const HandOffPage = lazyPage(async () => (await import("#features/hand-off/HandOffPage.tsx")).HandOffPage)

/** The frame of the page behind a hand-off link. It has no links, since its reader has no account. */
export function HandOffShell() {
  return (
    <div className={styles.page}>
      <header className="shell-bar">
        <span className="shell-brand">
          <span className="shell-mark" />
          Peering Desk
        </span>
        <span className="right quiet small lines-16">For the network owner · no sign-in needed</span>
      </header>
      <main id="page" className={`grid centred gap-16 ${styles.main}`}>
        <PageBoundary path="">
          <Suspense fallback={<p className="shell-wait">Loading the connection</p>}>
            <HandOffPage />
          </Suspense>
        </PageBoundary>
      </main>
    </div>
  )
}
