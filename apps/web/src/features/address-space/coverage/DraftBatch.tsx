import { useRef, useState, type RefObject } from "react"
import { ApprovalNote } from "#shared/approvals/ApprovalNote.tsx"
import { findApprovalNeed } from "#shared/approvals/use-need.ts"
import { useProject } from "#api/projects/projects.ts"
import { Form } from "#ui/fields/Form.tsx"
import { Button } from "#ui/Button.tsx"
import { Section } from "#ui/Section.tsx"
import { Notice } from "#ui/Notice.tsx"
import { TextField } from "#ui/fields/TextField.tsx"
import type { CoveredProject, Missing } from "./coverage.ts"
import styles from "./coverage.module.css"
import { DraftItem } from "./DraftItem.tsx"
import { formatCount } from "#copy/counts.ts"
import { useBatchCreate, type BatchEnd } from "./use-batch-create.ts"
import { isReady, useDrafts } from "./use-drafts.ts"
import { Link } from "wouter"

/** The added connections as drafts, each with the server's verdict, created together with one reason. */
export function DraftBatch({
  project,
  missing,
  picks,
  list,
  onDrop,
}: {
  project: CoveredProject
  missing: readonly Missing[]
  picks: ReadonlySet<string>
  list: RefObject<HTMLUListElement | null>
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
  const ready = drafts.filter(isReady)
  const isSending = progress !== null
  const listed = useProject(id)
  const needs =
    ready.map(({ draft }) => findApprovalNeed(listed, draft.providerName, "create")).find(Boolean) ?? null

  async function submit() {
    if (isSending || ready.length === 0) return
    // The server checks the rest.
    const isEmpty = reason.trim() === ""
    setWrong(isEmpty ? "Enter a reason (stored in the audit log)" : undefined)
    if (isEmpty) field.current?.focus()
    else await createAll(ready, reason.trim())
  }

  /** Removes drafts. The pressed button disappears with them, so the list takes the focus. */
  function drop(keys: readonly string[]) {
    onDrop(keys)
    list.current?.focus()
  }

  if (missing.length === 0 && ends.size === 0) return null
  return (
    <Section title="New connections">
      <Form className="stack" isBusy={isSending} onSubmit={() => void submit()}>
        <BatchEnds ends={ends} />
        {drafts.length === 0 && missing.length > 0 && (
          <p className="quiet">Add connections in the table. Each is validated before it's sent to Atlas.</p>
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
              hint="Stored in the audit log with each connection"
              value={reason}
              error={wrong}
              onChange={(event) => {
                setReason(event.target.value)
                setWrong(undefined)
              }}
            />
            <ApprovalNote needs={needs} />
            <div className={`flow ${styles.acts}`}>
              <Button kind="primary" type="submit" aria-disabled={isSending || ready.length === 0}>
                {isSending
                  ? `Creating ${progress.at} of ${progress.of}…`
                  : `Create ${formatCount(ready.length, "connection")}`}
              </Button>
              <Button
                kind="quiet"
                isBusy={isSending}
                onClick={() => drop(drafts.map(({ missing }) => missing.key))}
              >
                Clear selection
              </Button>
            </div>
          </>
        )}
      </Form>
    </Section>
  )
}

/** Warns when the drafts together exceed a limit. The server validates each draft alone. */
function RoomNotice({ project: { project, quota }, wanted }: { project: CoveredProject; wanted: number }) {
  const { used, most, pending, mostPending } = quota
  const room = Math.max(0, Math.min(most - used, mostPending - pending))
  if (wanted <= room) return null
  return (
    <Notice
      tone="you"
      title={
        room === 0
          ? `${project.name} has reached its limit`
          : `Only ${formatCount(room, "more connection")} fit${room === 1 ? "s" : ""} in ${project.name}`
      }
    >
      <p>
        {used} of {most} connections used, {pending} of {mostPending} unfinished. Create the rest when some of
        these are finished.
      </p>
    </Notice>
  )
}

/** Links to the created connections, or to the requests that wait for approval. */
function BatchEnds({ ends }: { ends: ReadonlyMap<string, BatchEnd> }) {
  const made = [...ends.values()].filter((end) => end.kind === "made")
  if (made.length === 0) return null
  return (
    <Notice tone="works" title={`${formatCount(made.length, "connection")} requested`} announce>
      <ul>
        {made.map(({ title, href }) => (
          <li key={href}>
            {/* Stacked links are 24 px high, the smallest touch target. */}
            <Link href={href} className="inline-block pad-y-4">
              {title}
            </Link>
          </li>
        ))}
      </ul>
    </Notice>
  )
}
