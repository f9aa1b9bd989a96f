import { usePermissions } from "#shared/permissions.ts"

/** Says to a viewer why there are no actions here, and whom to ask. */
export function RoleNote() {
  const { mayChange, askWhom, reasonId } = usePermissions()
  if (mayChange) return null
  return <p id={reasonId}>Read-only. To change connections here, ask {askWhom} for the requester role.</p>
}
