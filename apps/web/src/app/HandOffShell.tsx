import { Suspense } from "react"
import { lazyPage } from "./lazy-page.ts"
import { ErrorBoundary } from "./ErrorBoundary.tsx"

const HandOffPage = lazyPage(async () => (await import("#features/hand-off/HandOffPage.tsx")).HandOffPage)

/** The frame of the page behind a hand-off link. It has no links, since its reader has no account. */
export function HandOffShell() {
  return (
    <>
      <header className="shell-bar">
        <span className="shell-brand">
          <span className="shell-mark" />
          Peering Desk
        </span>
      </header>
      <main id="page" className="shell-main">
        <ErrorBoundary path="">
          <Suspense fallback={<p className="shell-wait">Loading the connection</p>}>
            <HandOffPage />
          </Suspense>
        </ErrorBoundary>
      </main>
    </>
  )
}
