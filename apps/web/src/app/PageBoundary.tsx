import type { ReactNode } from "react"
import { toProblemWords } from "#copy/problems.ts"
import { Button } from "#ui/Button.tsx"
import { ErrorBoundary } from "#ui/ErrorBoundary.tsx"
import { ProblemNotice } from "#ui/ProblemNotice.tsx"

/** Keeps the shell when a page fails. */
export function PageBoundary({ path, children }: { path: string; children: ReactNode }) {
  return (
    <ErrorBoundary
      path={path}
      toFallback={(error) => (
        <ProblemNotice
          {...toProblemWords(error)}
          announce
          actions={<Button onClick={() => location.reload()}>Reload</Button>}
        />
      )}
    >
      {children}
    </ErrorBoundary>
  )
}
