import {
  expiryScene,
  googleCloudScene,
  networkDeletedScene,
  rejectedScene,
  sharePageScene,
} from "./owner-scenes.ts"
import { auditScene, lostAnswerScene, rateLimitScene } from "./trust-scenes.ts"
import { awsScene, azureRoleScene, overlapScene } from "./request-scenes.ts"
import type { Scene } from "./scene.ts"

/** The scenes of the demo. Each makes its own world, so they play in any order. */
export const scenes: readonly Scene[] = [
  awsScene,
  googleCloudScene,
  overlapScene,
  azureRoleScene,
  rejectedScene,
  expiryScene,
  networkDeletedScene,
  lostAnswerScene,
  rateLimitScene,
  sharePageScene,
  auditScene,
]
