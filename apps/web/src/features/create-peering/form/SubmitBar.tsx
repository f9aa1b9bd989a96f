import { newContainerMark, type ProviderName } from "@peering-desk/shared-schemas"
import { useId, useState } from "react"
import type { UseFormReturn } from "react-hook-form"
import { toApprovalNote, toChangeWords } from "#copy/approval-note.ts"
import { formatCount } from "#copy/counts.ts"
import { useApprovalNeed } from "#shared/approvals/use-need.ts"
import { Button } from "#ui/Button.tsx"
import { Icon } from "#ui/marks/Icon.tsx"
import { useCreatePage } from "#features/create-peering/draft/create-page.ts"
import { lacksPermission, type FormValues } from "#features/create-peering/draft/form-values.ts"
import { DraftCode } from "#features/create-peering/verdict/DraftCode.tsx"
import type { LiveVerdict } from "#features/create-peering/verdict/use-verdict.ts"
import type { Replaced } from "./use-replaced.ts"
import styles from "./form.module.css"

/** The words beside the button: the step after the create. */
const next: Record<ProviderName, string> = {
  AWS: "Then the VPC owner accepts within 7 days.",
  GCP: "Then the network owner peers from Google Cloud.",
  AZURE: "Atlas then peers both sides. Nobody has to accept.",
}

/** The words of the button by what it does. */
const acts = {
  replaces: { words: "Delete failed one and create", busy: "Deleting, then creating…" },
  createsBoth: { words: "Create container and connection", busy: "Creating…" },
  creates: { words: "Create connection", busy: "Creating…" },
}

/** The button that creates the connection, the one reason why it can't yet, and what else to do with the draft. */
export function SubmitBar({
  form,
  live,
  replaced,
  sending,
  wrong,
  todo,
}: {
  form: UseFormReturn<FormValues>
  live: LiveVerdict
  /** The failed connection that is deleted first; null for none. */
  replaced: Replaced | null
  sending: boolean
  /** Number of fields with an error. */
  wrong: number
  /** What the fields still need; null for nothing. */
  todo: string | null
}) {
  const { owner, clearing, openTab } = useCreatePage()
  const [isCodeOpen, setCodeOpen] = useState(false)
  const id = useId()
  const deletes = replaced?.isListed === true
  const isNew = live.draft.request["containerId"] === newContainerMark
  const needs = useApprovalNeed(
    owner.projectId,
    openTab,
    "create",
    ...(deletes ? (["delete"] as const) : []),
    ...(isNew ? (["container"] as const) : []),
  )
  const lacksRole = lacksPermission(form.getValues())
  const problems = live.summary?.refused.length ?? 0
  const reason = lacksRole
    ? "Confirm the role assignment first."
    : wrong > 0 && todo !== null
      ? `${todo}.`
      : problems > 0
        ? `Fix ${formatCount(problems, "problem")} first.`
        : replaced?.isUnchanged === true
          ? "These values were refused before. Correct at least one."
          : null

  return (
    <>
      <div className="row gap-8 gap-x-16">
        <Button
          kind="primary"
          type="submit"
          aria-disabled={
            sending || lacksRole || (wrong === 0 && (problems > 0 || replaced?.isUnchanged === true))
          }
          aria-describedby={`${id}-reason`}
          // Keeps the focus in the last field: its blur could show an error and move the button away from under the pointer.
          onMouseDown={(event) => event.preventDefault()}
        >
          {toChangeWords(needs, sending, acts[deletes ? "replaces" : isNew ? "createsBoth" : "creates"])}
        </Button>
        <p id={`${id}-reason`} className={`quiet text-13 high-20 ${styles.next}`}>
          {reason ?? (needs === null ? next[openTab] : toApprovalNote(needs))}
        </p>
        <span className={`flow ${styles.others}`}>
          <Button kind="quiet" isBusy={sending} onClick={() => clearing.toggle()}>
            {clearing.isCleared ? "Undo clear" : "Clear form"}
          </Button>
          <Button kind="quiet" aria-expanded={isCodeOpen} onClick={() => setCodeOpen(!isCodeOpen)}>
            <Icon name="code" /> {isCodeOpen ? "Hide code" : "View as code"}
          </Button>
        </span>
        <output className="visually-hidden">{wrong > 0 && todo}</output>
      </div>
      {isCodeOpen && <DraftCode projectId={owner.projectId} draft={live.draft} />}
    </>
  )
}
