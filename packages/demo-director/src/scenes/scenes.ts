import type { Scene } from "./scene.ts"

/** The scenes of the demo in the order of *Play*. Each has a project of its own, so they play in any order. */
export const scenes: readonly Scene[] = []
