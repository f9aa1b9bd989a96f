/** The events of which a message goes out. */
export const sentKinds: readonly string[] = [
  "action-required",
  "declined",
  "failed",
  "available",
  "left-available",
  "approval-requested",
  "approval-decided",
]

/** A webhook that gets these events of every project. */
export function toNotificationRoute(origin: string): object {
  return {
    name: "oracle",
    channel: "webhook",
    url: `${origin}/events`,
    projects: "*",
    clouds: ["AWS", "GCP", "AZURE"],
    events: sentKinds,
  }
}
