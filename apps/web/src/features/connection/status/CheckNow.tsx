import { readStatus, type Peering } from "@peering-desk/shared-schemas"
import { getWaitingOn } from "@peering-desk/peering-rules"
import { useQuery } from "@tanstack/react-query"
import { useState, type ReactNode } from "react"
import { networkFactsQuery, useReadFacts } from "#api/peerings/network-facts.ts"
import { usePollNow } from "#api/peerings/peerings.ts"
import { useConnectionPage } from "#features/connection/connection-page.ts"
import { Button } from "#ui/Button.tsx"
import { toPageTime } from "#ui/time/now.ts"
import { formatMoment } from "#ui/time/times.ts"
import { toProblemWords } from "#copy/problems.ts"
import styles from "./CheckNow.module.css"

/** Polls Atlas at once, and has the role of a connected account read, for a person who has done their part. */
export function CheckNow({ children }: { children: ReactNode }) {
  const { peering } = useConnectionPage()
  const { mutate, isPending, isSuccess, error } = usePollNow(peering.projectId, peering.id)
  const account = useQuery(networkFactsQuery(peering)).data?.account
  const { mutate: readFacts } = useReadFacts(peering)
  const [checkedAt, setCheckedAt] = useState<number | null>(null)
  return (
    <div className={`row grow ${styles.main}`}>
      <Button
        kind="primary"
        onClick={() => {
          mutate(undefined, { onSettled: () => setCheckedAt(toPageTime(Date.now())) })
          if (account !== undefined) readFacts()
        }}
        isBusy={isPending}
      >
        {children}
      </Button>
      <output className={`fill-180 quiet small lines-16 ${styles.answer}`}>
        {isPending && "Checking"}
        {isSuccess && !isPending && checkedAt !== null && toAnswer(peering, checkedAt)}
        {error !== null && toProblemWords(error).title}
      </output>
    </div>
  )
}

function toAnswer({ peer }: Peering, at: number): string {
  const time = formatMoment(at, at)
  if (getWaitingOn(peer) !== "you") return `${readStatus(peer) ?? "No status"} (checked ${time})`
  const words = peer.providerName === "GCP" ? "Not peered yet" : "Not accepted yet"
  return `${words} (checked ${time}). This can take a minute.`
}
