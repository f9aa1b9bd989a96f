import type { ProjectRole } from "@peering-desk/shared-schemas"

/** Each role: its name and its rights. */
export const roleWords: Record<ProjectRole, { name: string; may: string }> = {
  viewer: { name: "Viewer", may: "may look" },
  requester: { name: "Requester", may: "may look and create connections" },
  administrator: { name: "Administrator", may: "may do everything" },
}

/** Names the person to ask for more rights, as the middle of a sentence. */
export function toAskWhom(askWhom: string | null): string {
  return askWhom ?? "whoever looks after the access rules of this installation"
}
