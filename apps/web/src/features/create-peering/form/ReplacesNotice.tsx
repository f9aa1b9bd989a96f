import { Button } from "#ui/Button.tsx"
import { Notice } from "#ui/Notice.tsx"
import type { Replaced } from "./use-replaced.ts"

/** Says which failed connection is deleted first, and why it failed. */
export function ReplacesNotice({
  replaced: { name, why, isListed },
  onKeep,
}: {
  replaced: Replaced
  /** Creates the connection without deleting the failed one. */
  onKeep: () => void
}) {
  if (!isListed)
    return (
      <Notice
        title={`The failed connection ${name} is gone`}
        actions={<Dismiss onKeep={onKeep} words="OK" />}
      >
        <p>Creating this connection deletes nothing.</p>
      </Notice>
    )
  return (
    <Notice
      tone="you"
      title={`Replaces the failed connection ${name}`}
      actions={<Dismiss onKeep={onKeep} words="Keep the failed connection" />}
    >
      {why !== null && <p>{why}</p>}
      <p>
        Creating this connection first deletes the failed one. If the checks refuse the new values, nothing is
        deleted.
      </p>
    </Notice>
  )
}

function Dismiss({ onKeep, words }: { onKeep: () => void; words: string }) {
  return (
    <Button size="small" onClick={onKeep}>
      {words}
    </Button>
  )
}
