import type { Stop } from "@peering-desk/peering-rules"
import type { NetworkFacts, ProviderName } from "@peering-desk/shared-schemas"
import { findSourceName, nameStop, toSourceWords, toStopState } from "#copy/stops.ts"
import { StateText } from "#ui/marks/StateText.tsx"
import styles from "./facts.module.css"
import { TimeAgo } from "#ui/time/TimeAgo.tsx"

/** One quiet line for each stop, in the order of the way. */
export function StopList({
  stops,
  facts,
  providerName,
  isReadByRole,
}: {
  stops: readonly Stop[]
  facts: NetworkFacts | null
  providerName: ProviderName
  /** Nobody runs a script for what the server reads. */
  isReadByRole: boolean
}) {
  return (
    <ol className={styles.stops} aria-label="Stops on the way">
      {stops.map((stop) => {
        const { tone, word } = toStopState(stop)
        return (
          <li key={stop.id} className={`grid top text-13 ${styles.stop}`}>
            <span className="strong">{nameStop(stop, providerName)}</span>
            <StateText tone={tone} isStale={stop.state === "later"}>
              {word}
            </StateText>
            <span className="narrow wrap">
              {says(stop, isReadByRole)} <Source stop={stop} facts={facts} />
            </span>
          </li>
        )
      })}
    </ol>
  )
}

/** What a stop that isn't checked says, its state says too. */
function says({ says: words, state, source, next }: Stop, isReadByRole: boolean): string {
  if (words === "Not checked.") return ""
  return !isReadByRole && state === "not-checked" && source !== null && next !== null
    ? `${words} ${next}`
    : words
}

function Source({ stop, facts }: { stop: Stop; facts: NetworkFacts | null }) {
  const { source, at } = stop
  if (source === null) return null
  const { before, after } = toSourceWords(source, findSourceName(stop, facts))
  return (
    <span className="faint small">
      {before} {at !== null && <TimeAgo at={at} />} {after}
    </span>
  )
}
