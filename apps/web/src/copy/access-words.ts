import type { ProjectRole } from "@peering-desk/shared-schemas"

/** What a role allows, in words. */
export const roleWords: Record<ProjectRole, { name: string; may: string }> = {
  viewer: { name: "Viewer", may: "may look" },
  requester: { name: "Requester", may: "may look and create connections" },
  administrator: { name: "Administrator", may: "may do everything" },
}

/** Whom to ask for more, as the middle of a sentence. */
export function toAskWhom(askWhom: string | null): string {
  return askWhom ?? "whoever looks after the access rules of this installation"
}
