import type { ProviderName } from "@peering-desk/shared-schemas"
import { Suspense, useState } from "react"
import styles from "./last-mile.module.css"
import { lazyPart } from "#ui/lazy-part.tsx"

const WillItReach = lazyPart(async () => (await import("./WillItReach.tsx")).WillItReach)

/** "Who can connect?", whose script loads when it is opened. */
export function ReachFold(props: { providerName: ProviderName; atlasCidr: string | null }) {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <details className={`above-16 ${styles.fold}`} onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary className="strong">Who can connect?</summary>
      {isOpen && (
        <Suspense fallback={<p aria-busy="true">Loading</p>}>
          {/* Another cloud has other places. */}
          <WillItReach key={props.providerName} {...props} />
        </Suspense>
      )}
    </details>
  )
}
