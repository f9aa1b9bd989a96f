import { readStatus, type Peering } from "@peering-desk/shared-schemas"
import type { ReactNode } from "react"
import { usePollNow } from "#api/peerings/peerings.ts"
import { Button } from "#ui/Button.tsx"
import { toProblemWords } from "#copy/problems.ts"
import styles from "./CheckNow.module.css"

/** Polls Atlas at once, for a person who has done their part. */
export function CheckNow({
  peering,
  isMain = false,
  answer,
  children,
}: {
  peering: Peering
  /** The one main action of the page. */
  isMain?: boolean
  /** Text before the status from Atlas. */
  answer: string
  children: ReactNode
}) {
  const { mutate, isPending, isSuccess, error } = usePollNow(peering.projectId, peering.id)
  return (
    <div className={isMain ? styles.main : styles.action}>
      <Button
        kind={isMain ? "primary" : "secondary"}
        size={isMain ? "normal" : "small"}
        onClick={() => !isPending && mutate()}
        aria-disabled={isPending}
      >
        {children}
      </Button>
      <output className={styles.answer}>
        {isPending && "Asking Atlas"}
        {isSuccess && `${answer} ${readStatus(peering.peer)}`}
        {error !== null && toProblemWords(error).title}
      </output>
    </div>
  )
}
