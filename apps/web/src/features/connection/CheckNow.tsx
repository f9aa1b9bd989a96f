import { readStatus, type Peering } from "@peering-desk/shared-schemas"
import { useLookNow } from "#api/peerings/peerings.ts"
import { Button } from "#ui/Button.tsx"
import { toProblemWords } from "#copy/problems.ts"
import styles from "./connection.module.css"

/** For whoever has done their part: Atlas is asked at once. */
export function CheckNow({ peering }: { peering: Peering }) {
  const { mutate, isPending, isSuccess, error } = useLookNow(peering.projectId, peering.id)
  return (
    <div className={styles.row}>
      <Button size="small" onClick={() => !isPending && mutate()} aria-disabled={isPending}>
        I did it, look now
      </Button>
      <output className={styles.quiet}>
        {isPending && "Asking Atlas"}
        {isSuccess && !isPending && <>Atlas says {readStatus(peering.peer)}</>}
        {error !== null && toProblemWords(error).title}
      </output>
    </div>
  )
}
