import type { Watch } from "@peering-desk/shared-schemas"
import styles from "./PollStatus.module.css"
import { RefusalNotice } from "#shared/refusals/RefusalNotice.tsx"
import { toTroubles } from "./poll-problems.ts"

/** What the troubles of the watch mean and who can end them. It stands below the list, which it must not move. */
export function PollAdvice({ watches }: { watches: readonly Watch[] }) {
  return toTroubles(watches).map(({ key, words, clouds, projectId }) => (
    <div key={key} className={styles.advice}>
      <RefusalNotice tone="you" before={`${clouds}: `} words={words} projectId={projectId} />
    </div>
  ))
}
