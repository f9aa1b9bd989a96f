import type { VerdictSummary } from "@peering-desk/peering-rules"
import {
  findContainerOf,
  newContainerMark,
  type PeeringDraft,
  type ProviderName,
} from "@peering-desk/shared-schemas"
import { useQuery } from "@tanstack/react-query"
import { useId, useState } from "react"
import { containersQuery } from "#api/projects/containers.ts"
import { toApprovalNote, toChangeWords } from "#copy/approval-note.ts"
import { formatCount } from "#copy/counts.ts"
import { useApprovalNeed } from "#shared/approvals/use-need.ts"
import { ExportCode } from "#shared/ExportCode.tsx"
import { Button } from "#ui/Button.tsx"
import { Icon } from "#ui/marks/Icon.tsx"
import { useCreatePage } from "#features/create-peering/draft/create-page.ts"
import { lacksPermission } from "#features/create-peering/draft/form-values.ts"
import type { LiveVerdict } from "#features/create-peering/verdict/use-verdict.ts"
import { useCloudFormContext } from "./cloud-form-context.ts"
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
  live,
  replaced,
  wrong,
  todo,
}: {
  live: LiveVerdict
  /** The failed connection that is deleted first; null for none. */
  replaced: Replaced | null
  /** Number of fields with an error. */
  wrong: number
  /** What the fields still need; null for nothing. */
  todo: string | null
}) {
  const { form, sending } = useCloudFormContext()
  const { owner, clearing, openTab } = useCreatePage()
  const [isCodeOpen, setCodeOpen] = useState(false)
  const id = useId()
  const { act, needs } = useAct(live, replaced)
  const mistakes = wrong > 0 ? todo : null
  const obstacle = findObstacle(lacksPermission(form.getValues()), mistakes, live.summary, replaced)

  return (
    <>
      <div className="row gap-8 gap-x-16">
        <Button
          kind="primary"
          type="submit"
          aria-disabled={sending || obstacle?.locks === true}
          aria-describedby={`${id}-reason`}
          // Keeps the focus in the last field: its blur could show an error and move the button away from under the pointer.
          onMouseDown={(event) => event.preventDefault()}
        >
          {toChangeWords(needs, sending, act)}
        </Button>
        <p id={`${id}-reason`} className={`quiet text-13 high-20 ${styles.next}`}>
          {obstacle?.says ?? (needs === null ? next[openTab] : toApprovalNote(needs))}
        </p>
        <span className={`screen-only flow ${styles.others}`}>
          <Button kind="quiet" isBusy={sending} onClick={() => clearing.toggle()}>
            {clearing.isCleared ? "Undo clear" : "Clear form"}
          </Button>
          <Button kind="quiet" aria-expanded={isCodeOpen} onClick={() => setCodeOpen(!isCodeOpen)}>
            <Icon name="code" /> {isCodeOpen ? "Hide code" : "View as code"}
          </Button>
        </span>
        <output className="visually-hidden">{mistakes}</output>
      </div>
      {isCodeOpen && <DraftCode projectId={owner.projectId} draft={live.draft} />}
    </>
  )
}

/** Returns the words for what a press does, and who has to approve it. */
function useAct({ draft }: LiveVerdict, replaced: Replaced | null) {
  const { owner, openTab } = useCreatePage()
  const deletes = replaced?.isListed === true
  const isNew = draft.request["containerId"] === newContainerMark
  const needs = useApprovalNeed(
    owner.projectId,
    openTab,
    "create",
    ...(deletes ? (["delete"] as const) : []),
    ...(isNew ? (["container"] as const) : []),
  )
  return { act: acts[deletes ? "replaces" : isNew ? "createsBoth" : "creates"], needs }
}

/** Returns the first reason against a create, and whether it locks the button; null for none. */
function findObstacle(
  lacksRole: boolean,
  mistakes: string | null,
  summary: VerdictSummary | null,
  replaced: Replaced | null,
): { says: string; locks: boolean } | null {
  if (lacksRole) return { says: "Confirm the role assignment first.", locks: true }
  // A press leads to the first wrong field.
  if (mistakes !== null) return { says: `${mistakes}.`, locks: false }
  if (summary !== null && summary.refused.length > 0)
    return { says: `Fix ${formatCount(summary.refused.length, "problem")} first.`, locks: true }
  if (replaced?.isUnchanged !== true) return null
  return { says: "These values were refused before. Correct at least one.", locks: true }
}

/** Shows the draft as code, for teams that keep their peerings in another tool. */
function DraftCode({ projectId, draft }: { projectId: string; draft: PeeringDraft }) {
  const { providerName, request } = draft
  const { data: containers } = useQuery(containersQuery(projectId))
  const container = findContainerOf({ providerName, containerId: request["containerId"] }, containers)
  return (
    <section aria-label="Connection as code">
      <ExportCode subject={{ projectId, draft, container, peerId: null }} />
    </section>
  )
}
