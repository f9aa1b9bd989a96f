import type { PeeringDraft, ProviderName } from "@peering-desk/shared-schemas"
import { createContext, useContext } from "react"
import type { DraftOwner } from "./draft-storage.ts"
import type { NotesForm } from "./use-notes-form.ts"

/** The form of one cloud, as seen by the rest of the page. */
interface OpenForm {
  read: () => PeeringDraft
  /** Tells if the person typed a field's content or had it filled in: a prefill then asks before replacing it. */
  isChosen: (name: string) => boolean
  /** Fills fields; the person can undo it, which calls `onEnd`. */
  fill: (title: string, draft: PeeringDraft, onEnd?: () => void) => void
  /** Empties the form. Returns a function that brings its content back. */
  clear: () => () => void
}

interface Clearing {
  isCleared: boolean
  toggle: () => void
  /** Drops the undo, once the person edits or fills the empty form. */
  keep: () => void
}

/** The parts of the page that its forms, prefills and verdict share. */
export interface CreatePage {
  owner: DraftOwner
  notesForm: NotesForm
  /** The cloud of the open tab. */
  openTab: ProviderName
  forms: Map<ProviderName, OpenForm>
  /** Opens the tab of a draft's cloud and fills its form. */
  fill: (title: string, draft: PeeringDraft, onEnd?: () => void) => void
  /** Empties the forms of all clouds and the notes, and brings them back. */
  clearing: Clearing
  /** Locks the other tabs while a form is being sent. */
  setSending: (sending: boolean) => void
  /** The element beside the form that shows the open form's verdict; null before the first render. */
  verdictPlace: HTMLElement | null
}

export const CreatePageContext = createContext<CreatePage | null>(null)

export function useCreatePage(): CreatePage {
  const page = useContext(CreatePageContext)
  if (page === null) throw new Error("CreatePageContext has no value")
  return page
}
