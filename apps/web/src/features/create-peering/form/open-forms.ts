import type { PeeringDraft, ProviderName } from "@peering-desk/shared-schemas"
import { createContext } from "react"

/** What the page may do with the form of a cloud. */
interface OpenForm {
  read: () => PeeringDraft
  /** Whether a person wrote what stands in a field, so that it is not replaced without asking. */
  isByHand: (name: string) => boolean
  /** Fills in, so that it can be taken back. */
  fill: (title: string, draft: PeeringDraft) => void
}

/** The forms of the page by their cloud. */
export type OpenForms = Map<ProviderName, OpenForm>

export const OpenFormsContext = createContext<OpenForms>(new Map())
