import type { ApprovalNeed } from "@peering-desk/shared-schemas"
import { toApprovalNote } from "#copy/approval-note.ts"
import { Notice } from "#ui/Notice.tsx"

/** Says in a form, before it is sent, that another person has to approve. */
export function ApprovalNote({ needs }: { needs: ApprovalNeed | null }) {
  if (needs === null) return null
  return (
    <Notice title={toApprovalNote(needs)}>
      <p>You can withdraw the request until then.</p>
    </Notice>
  )
}
