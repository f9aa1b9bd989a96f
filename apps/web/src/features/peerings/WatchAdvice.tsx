import type { Watch } from "@peering-desk/shared-schemas"
import styles from "./WatchLine.module.css"
import { Trouble } from "./Trouble.tsx"
import { toTroubles } from "./watch-troubles.ts"

/** What the troubles of the watch mean and who can end them. It stands below the list, which it must not move. */
export function WatchAdvice({ watches }: { watches: readonly Watch[] }) {
  return toTroubles(watches).map(({ key, words, clouds, projectId }) => (
    <div key={key} className={styles.advice}>
      <Trouble tone="you" before={`${clouds}: `} words={words} projectId={projectId} />
    </div>
  ))
}
