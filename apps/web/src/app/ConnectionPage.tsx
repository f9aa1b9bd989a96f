import { ConnectionGuide } from "#features/connection/ConnectionGuide.tsx"
import { PeeringPage } from "#features/connection/PeeringPage.tsx"

/** One connection: how it stands, and what to do about it. */
export function ConnectionPage(params: { projectId: string; peeringId: string }) {
  return <PeeringPage {...params} Guide={ConnectionGuide} />
}
