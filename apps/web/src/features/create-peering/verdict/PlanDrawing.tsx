import type { PeeringDraft } from "@peering-desk/shared-schemas"
import { PathPicture } from "#shared/path/PathPicture.tsx"
import { usePlan } from "#shared/path/use-plan.ts"

/** Draws the path that a draft leads to. */
export function PlanDrawing({ projectId, draft }: { projectId: string; draft: PeeringDraft }) {
  const { path, own, atlas } = usePlan(projectId, draft)
  return <PathPicture layout="down" {...{ path, own, atlas }} gap={{ above: null, below: null }} />
}
