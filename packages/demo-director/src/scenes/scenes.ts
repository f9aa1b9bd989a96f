import { googleCloudScene, azureRoleScene } from "./cloud-scenes.ts"
import { auditScene, lostAnswerScene, nightScene } from "./evidence-scenes.ts"
import { formScene, hubScene, policyScene } from "./form-scenes.ts"
import { approvalScene, ownerScene } from "./people-scenes.ts"
import type { Scene } from "./scene.ts"

/** The scenes of the demo in the order of *Play*. Each has its own project, so they play in any order. */
export const scenes: readonly Scene[] = [
  formScene,
  hubScene,
  approvalScene,
  ownerScene,
  azureRoleScene,
  googleCloudScene,
  nightScene,
  policyScene,
  lostAnswerScene,
  auditScene,
]
