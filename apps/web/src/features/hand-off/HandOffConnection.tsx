import type { HandOffView } from "@peering-desk/shared-schemas"
import { formatDeadline } from "#ui/time/times.ts"
import { PageHeader } from "#ui/PageHeader.tsx"
import { peeringEffects, toHandOffTitle, toHandOffTurn } from "#copy/hand-off.ts"
import { ActionBar } from "./ActionBar.tsx"
import { Asker } from "./Asker.tsx"
import { DeclinedNotice } from "./DeclinedNotice.tsx"
import { HandOffFacts } from "./HandOffFacts.tsx"
import { LinkCard } from "./LinkCard.tsx"
import { OwnerSteps } from "./OwnerSteps.tsx"
import { PasteResult } from "./PasteResult.tsx"
import styles from "./hand-off.module.css"

/** Who asks for what, and the owner's steps with the connection's values. */
export function HandOffConnection({ token, view }: { token: string; view: HandOffView }) {
  const turn = toHandOffTurn(view)
  const isOpen = turn === "you" || turn === "atlas"
  const isDeclined = isOpen && view.declined !== null
  return (
    <>
      <article className={styles.sheet}>
        <div className={styles.part}>
          <PageHeader title={isDeclined ? "You declined this peering" : toHandOffTitle(view)} />
          <Asker view={view} />
          <LinkCard view={view} />
          <HandOffFacts view={view} />
          {isOpen && (
            <section aria-label="What the peering changes">
              <ul className={`grid gap-6 quiet ${styles.effects}`}>
                {peeringEffects[view.providerName].map((effect) => (
                  <li key={effect}>{effect}</li>
                ))}
              </ul>
            </section>
          )}
        </div>
        {isDeclined && view.declined !== null && (
          <DeclinedNotice token={token} view={view} declined={view.declined} />
        )}
        {!isDeclined && <OwnerSteps view={view} />}
        {!isDeclined && (isOpen || turn === "works" || turn === "failed") && (
          <PasteResult token={token} view={view} />
        )}
        <ActionBar key={token} token={token} view={view} isDeclined={isDeclined} />
      </article>
      <p className={`center quiet small ${styles.foot}`}>
        This link shows this connection only and expires on {formatDeadline(view.expiresAt)}.
      </p>
    </>
  )
}
