import type { ComponentType } from "react"
import { ErrorBoundary } from "./ErrorBoundary.tsx"
import { lazyPage } from "./lazy-page.ts"

/** Makes a part of a form, as `lazyPage` does. Where its script can't be loaded, the form stays, with everything that was typed. */
export function lazyPart<Props extends object>(load: () => Promise<ComponentType<Props>>, module = "") {
  const Part = lazyPage(load, module)
  return (props: Props) => (
    <ErrorBoundary isForScripts toFallback={() => <p className="quiet">{partNotLoaded}</p>}>
      <Part {...props} />
    </ErrorBoundary>
  )
}

/** Stands in place of a part whose script can't be loaded. */
export const partNotLoaded =
  "Can't load this part. Check your network. If Peering Desk was just updated, reload the page."
