import type { PeeringRequest } from "@peering-desk/shared-schemas"
import type { Act, Scene, Step } from "./scene.ts"
import { scenes } from "./scenes.ts"

/** Where a scene is. It survives a reload. */
export interface Run {
  sceneId: string
  /** Milliseconds since 1970. */
  startedAt: number
  /** Index of the step that is shown, and of the furthest one so far. */
  step: number
  reached: number
  /** `shown`: the caption is true now. `acting`, `waiting`: on the way to the next one. */
  phase: "shown" | "acting" | "waiting"
  /** The number of the step's acts that are done. */
  acted: number
  isPlaying: boolean
  /** Of the simulated clock. */
  speed: number
  projectId: string
  request: PeeringRequest
  /** The scene's first connection, once it is there. */
  peeringId: string | null
  /** The network's addresses, for the form. */
  networkBlocks: string[]
  /** The Idempotency-Key of a request that replaces the first one, so that no reload requests twice. */
  againKey: string
  /** The page behind the owner's link, once there is one. */
  ownerUrl: string | null
  /** Why it can't go on. */
  problem: string | null
}

/** What a scene requests a connection for. */
export type Network = Pick<Run, "projectId" | "request" | "networkBlocks">

/**
 * Begins a scene at its first step.
 * @param key makes the keys of its requests
 */
export function beginRun(
  sceneId: string,
  { key, network, speed }: { key: string; network: Network; speed: number },
): Run {
  return {
    ...network,
    sceneId,
    startedAt: Date.now(),
    step: 0,
    reached: 0,
    phase: "shown",
    acted: 0,
    isPlaying: false,
    speed,
    peeringId: null,
    againKey: `${key}-again`,
    ownerUrl: null,
    problem: null,
  }
}

const storageKey = "peering-desk:demo-scene"

/** Reads the scene that a reload interrupted; null without one. */
export function readRun(): Run | null {
  const text = sessionStorage.getItem(storageKey)
  if (text === null) return null
  const run = JSON.parse(text) as Run
  return scenes.some(({ id }) => id === run.sceneId) ? run : null
}

export function keepRun(run: Run | null): void {
  if (run === null) sessionStorage.removeItem(storageKey)
  else sessionStorage.setItem(storageKey, JSON.stringify(run))
}

/** Returns the scene of a run. */
export function getScene({ sceneId }: Pick<Run, "sceneId">): Scene {
  const scene = scenes.find(({ id }) => id === sceneId)
  if (scene === undefined) throw new Error(`No scene ${sceneId}`)
  return scene
}

/** Returns the step that is shown, and the next one if there is one. */
export function getSteps(run: Run): { step: Step; next: Step | undefined } {
  const { steps } = getScene(run)
  const step = steps[run.step]
  if (step === undefined) throw new Error(`Scene ${run.sceneId} has no step ${run.step}`)
  return { step, next: steps[run.step + 1] }
}

/** Returns whether days pass in seconds now. */
export function isHurried(run: Run): boolean {
  return run.phase !== "shown" && listHurries(run).length > 0
}

/** Lists the acts of the step that let days pass in seconds. */
export function listHurries(run: Run): Act[] {
  return (getSteps(run).step.acts ?? []).filter(({ kind }) => kind === "days")
}

/** Returns where a run goes on after a reload. What the page forgot by it is brought back by the last act before. */
export function toResumed(run: Run): Run {
  const { step, next } = getSteps(run)
  if (run.phase !== "shown") return next?.isForgotten === true ? toLastAct(run) : run
  return step.isForgotten === true ? toLastAct({ ...run, step: run.step - 1 }) : run
}

/** Returns a run in the last act of its step, or in one before that is not done yet. */
function toLastAct(run: Run): Run {
  const { acts = [] } = getSteps(run).step
  const isUnderWay = run.phase === "acting" && run.acted < acts.length
  return { ...run, phase: "acting", acted: isUnderWay ? run.acted : acts.length - 1 }
}
