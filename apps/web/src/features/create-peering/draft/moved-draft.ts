import type { PeeringDraft } from "@peering-desk/shared-schemas"
import { useEffect, useEffectEvent } from "react"
import type { CreatePage } from "./create-page.ts"
import type { Notes } from "./peering-draft.ts"

/** What was typed in one project's form, on its way into another's. */
interface MovedDraft {
  projectId: string
  drafts: readonly PeeringDraft[]
  notes: Notes
}

let moved: MovedDraft | null = null

/** Takes the open form's values along, those of the open cloud last, and leaves out what belongs to the project. */
export function moveDraft(projectId: string, { forms, openTab, notesForm }: CreatePage): void {
  const open = [...forms].toSorted(([one]) => (one === openTab ? 1 : -1))
  const drafts = open.map(([, { read, isChosen }]) => {
    const { replaces: _, newContainer, facts, request, ...draft } = read()
    const isTyped = isChosen("atlasCidrBlock") || isChosen("region")
    return {
      ...draft,
      // What a role read stays in its project.
      ...(facts !== undefined && !JSON.stringify(facts).includes('"source":"read"') && { facts }),
      request: { ...request, containerId: isTyped ? (request["containerId"] ?? "") : "" },
      ...(isTyped && newContainer && { newContainer }),
    }
  })
  moved = { projectId, drafts, notes: notesForm.getValues() }
}

/** Fills the form with what was typed in another project's. The person can undo it. */
export function useMovedDraft({ owner, fill, notesForm }: CreatePage, areFormsThere: boolean): void {
  const arrive = useEffectEvent(() => {
    if (!areFormsThere || moved === null) return
    const { projectId, drafts, notes } = moved
    moved = null
    if (projectId !== owner.projectId) return
    for (const draft of drafts) fill("Taken from the other project", draft)
    for (const name of ["displayName", "reason"] as const)
      if (notes[name] !== "") notesForm.setValue(name, notes[name])
  })
  useEffect(() => arrive(), [areFormsThere])
}
