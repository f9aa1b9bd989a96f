import type { InventoryProject } from "@peering-desk/shared-schemas"
import { useRef, useState, type SubmitEvent } from "react"
import { Button } from "#ui/Button.tsx"
import { Card } from "#ui/Card.tsx"
import { Notice } from "#ui/Notice.tsx"
import { TextField } from "#ui/fields/TextField.tsx"
import { BatchEnds } from "./BatchEnds.tsx"
import type { Missing } from "./coverage.ts"
import layout from "#ui/layout.module.css"
import styles from "./coverage.module.css"
import { DraftItem } from "./DraftItem.tsx"
import { formatCount } from "#copy/counts.ts"
import { useBatchCreate } from "./use-batch-create.ts"
import { isReady, useDrafts } from "./use-drafts.ts"

/** The missing connections that were chosen, as drafts with the server's verdict on each, to be created with one reason. */
export function DraftBatch({
  project,
  missing,
  picks,
  onDrop,
}: {
  project: InventoryProject
  missing: readonly Missing[]
  picks: ReadonlySet<string>
  onDrop: (keys: readonly string[]) => void
}) {
  const { id } = project.project
  const { drafts, chooseNetwork } = useDrafts(
    id,
    missing.filter(({ key }) => picks.has(key)),
  )
  const { ends, progress, createAll } = useBatchCreate(id)
  const [reason, setReason] = useState("")
  const [wrong, setWrong] = useState<string | undefined>()
  const field = useRef<HTMLInputElement>(null)
  const list = useRef<HTMLUListElement>(null)
  const ready = drafts.filter(isReady)
  const isSending = progress !== null

  async function submit(event: SubmitEvent) {
    event.preventDefault()
    if (isSending || ready.length === 0) return
    // The server checks the rest.
    const isEmpty = reason.trim() === ""
    setWrong(isEmpty ? "Say why, for the audit trail" : undefined)
    if (isEmpty) field.current?.focus()
    else await createAll(ready, reason.trim())
  }

  /** The button that was pressed goes with what it drops. */
  function drop(keys: readonly string[]) {
    onDrop(keys)
    list.current?.focus()
  }

  if (missing.length === 0 && ends.size === 0) return null
  return (
    <Card title="Create the missing ones">
      <form
        noValidate
        className={styles.batch}
        aria-busy={isSending}
        onSubmit={(event) => void submit(event)}
      >
        <BatchEnds projectId={id} ends={ends} />
        {drafts.length === 0 && missing.length > 0 && (
          <p className={layout.quiet}>
            Choose what is missing in the matrix. Each becomes a draft that is judged before anything is asked
            of Atlas.
          </p>
        )}
        <ul ref={list} tabIndex={-1} aria-label="Drafts">
          {drafts.map((draft) => (
            <DraftItem
              key={draft.missing.key}
              projectId={id}
              picked={draft}
              end={ends.get(draft.missing.key)}
              locked={isSending}
              onNetwork={(network) => chooseNetwork(draft.missing, network)}
              onDrop={() => drop([draft.missing.key])}
            />
          ))}
        </ul>
        {drafts.length > 0 && (
          <>
            <RoomNotice project={project} wanted={ready.length} />
            <TextField
              ref={field}
              label="Reason"
              hint="For all of them; kept in the audit trail"
              value={reason}
              readOnly={isSending}
              error={wrong}
              onChange={(event) => {
                setReason(event.target.value)
                setWrong(undefined)
              }}
            />
            <div className={styles.acts}>
              <Button kind="primary" type="submit" aria-disabled={isSending || ready.length === 0}>
                {isSending
                  ? `Creating ${progress.at} of ${progress.of}…`
                  : `Create ${formatCount(ready.length, "connection")}`}
              </Button>
              <Button
                kind="quiet"
                aria-disabled={isSending}
                onClick={() => !isSending && drop(drafts.map(({ missing }) => missing.key))}
              >
                Choose none
              </Button>
            </div>
          </>
        )}
      </form>
    </Card>
  )
}

/** Each draft is judged by itself; together they may be more than Atlas allows. */
function RoomNotice({ project: { project, quota }, wanted }: { project: InventoryProject; wanted: number }) {
  const { used, most, pending, mostPending } = quota
  const room = Math.max(0, Math.min(most - used, mostPending - pending))
  if (wanted <= room) return null
  return (
    <Notice
      tone="you"
      title={`Atlas takes ${room === 0 ? "no more" : `${room} more`} in ${project.name} at the moment`}
    >
      <p>
        {used} of {most} connections are there, {pending} of {mostPending} unfinished. The rest can follow
        when some of those are finished.
      </p>
    </Notice>
  )
}
