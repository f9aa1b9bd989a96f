import type { ApprovalNeed } from "@peering-desk/shared-schemas"

/** Says in a form, before it is sent, that another person has to approve. */
export function toApprovalNote(needs: ApprovalNeed): string {
  const whom =
    needs === "requester" ? "another requester or administrator" : "an administrator other than you"
  return `Needs approval by ${whom}. Nothing is sent before.`
}

/** Returns the words of a button that changes something, or asks for the approval that this needs. */
export function toChangeWords(
  needs: ApprovalNeed | null,
  isPending: boolean,
  act: { words: string; busy: string },
): string {
  const { words, busy } = needs === null ? act : { words: "Ask for approval", busy: "Asking…" }
  return isPending ? busy : words
}
