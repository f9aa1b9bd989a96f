import type { Watch } from "@peering-desk/shared-schemas"
import { RefusalNotice } from "#shared/refusals/RefusalNotice.tsx"
import { toTroubles } from "#shared/polling/poll-problems.ts"

/** Explains problems of the pollers and who can solve them. Placed below the list, which must not move. */
export function PollAdvice({ watches }: { watches: readonly Watch[] }) {
  return toTroubles(watches).map(({ key, words, clouds, projectId }) => (
    <div key={key} className="above-16">
      <RefusalNotice tone="you" before={`${clouds}: `} words={words} projectId={projectId} />
    </div>
  ))
}
