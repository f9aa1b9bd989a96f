import { toLookUpSubject } from "@peering-desk/peering-rules"
import type { HandOffView } from "@peering-desk/shared-schemas"
import { lazy, Suspense, useState } from "react"
import { usePasteHandOffFacts } from "#api/peerings/hand-off.ts"
import { nameOwnNetwork } from "#copy/hand-off.ts"
import styles from "./hand-off.module.css"

const PasteLookUp = lazy(async () => ({
  default: (await import("#shared/look-up/PasteLookUp.tsx")).PasteLookUp,
}))

/** The script that reads the owner's network, and a field for its result. Loads when it is opened. */
export function PasteResult({ token, view }: { token: string; view: HandOffView }) {
  const { askedBy, peer, container } = view
  const [isOpen, setOpen] = useState(false)
  const paste = usePasteHandOffFacts(token)
  return (
    <section className={styles.part} aria-label="Result of a look-up">
      <details className={styles.check} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary>Run a script and paste the result</summary>
        {isOpen && (
          <Suspense fallback={<p aria-busy="true">Loading</p>}>
            <div className="stack gap-10">
              <p className="quiet">
                {`The script reads ${nameOwnNetwork(peer)} and changes nothing. Its result tells ${askedBy.name} what is missing.`}
              </p>
              <PasteLookUp
                subject={toLookUpSubject(peer, container)}
                paste={paste}
                sentWords={`Sent. ${askedBy.name} sees it.`}
              />
            </div>
          </Suspense>
        )}
      </details>
    </section>
  )
}
