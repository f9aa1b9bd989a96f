import type { ProjectRole } from "@peering-desk/shared-schemas"

export const roleNames: Record<ProjectRole, string> = {
  viewer: "Viewer",
  requester: "Requester",
  administrator: "Administrator",
}

/** Names the person to ask for more rights, as the middle of a sentence. */
export function toAskWhom(askWhom: string | null): string {
  return askWhom ?? "your Peering Desk administrator"
}
