import type { ApprovalNeed } from "@peering-desk/shared-schemas"

/** Says in a form, before it is sent, that another person has to approve. */
export function toApprovalNote(needs: ApprovalNeed): string {
  const whom =
    needs === "requester" ? "another requester or administrator" : "an administrator other than you"
  return `Needs approval by ${whom}. Nothing is sent before.`
}

/** The words of a button that requests an approval, at rest and while it runs. */
export function toRequestWords(isPending: boolean): string {
  return isPending ? "Asking…" : "Ask for approval"
}
