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
  return (
    <Notice
      tone={isListed ? "you" : "info"}
      title={isListed ? `Replaces the failed connection ${name}` : `The failed connection ${name} is gone`}
      actions={
        <Button size="small" onClick={onKeep}>
          {isListed ? "Keep the failed connection" : "OK"}
        </Button>
      }
    >
      {why !== null && <p>{why}</p>}
      <p>
        {isListed
          ? "Creating this connection first deletes the failed one. If the checks refuse the new values, nothing is deleted."
          : "Creating this connection deletes nothing."}
      </p>
    </Notice>
  )
}
