import type { Act, Scene, Target } from "#scenes/scene.ts"
import type { Front } from "./calls.ts"
import type { Page } from "./page.ts"
import type { Run } from "./run.ts"
import { readPath } from "./template.ts"
import { ask, delay } from "./waiting.ts"

/** The run under way, and what it plays with. */
export interface Tracked {
  page: Page
  front: Front
  getScene: () => Scene
  read: () => Run
  set: (changes: Partial<Run>) => void
  readSpeed: () => number
}

/** What an act did. */
export interface Done {
  keeps?: Record<string, string>
  /** The person whose act it was. */
  by?: string
}

const names = { nadia: "Nadia", olivia: "Olivia" }
const owner = "Network team"
/** Calls of the control API that play the cloud's side; the others are faults, or time. */
const ownersCalls = /^\/(cloud-side|azure-role|network-acts)/

const waits = { pointMs: 550, pressAgainMs: 1_800, sentMs: 8_000, giveUpMs: 20_000 }

/**
 * Does an act. Throws in words for the person when the page or the front does not let it.
 * @param hasEffect returns true once what the act leads to is there
 */
export async function perform(
  act: Act,
  on: Tracked,
  hasEffect: () => boolean,
  signal: AbortSignal,
): Promise<Done> {
  const { page, front } = on
  switch (act.kind) {
    case "press":
      await press(act, on, hasEffect, signal)
      return { by: act.target.isBeside === true ? owner : names.olivia }
    case "fill":
      await pointAt(act.target, on, signal)
      page.fill(act.target, act.value)
      return {}
    case "request": {
      const { kind: _, keep = {}, ...request } = act
      const answer = await front.request(request, signal)
      const keeps = Object.entries(keep).map(([name, place]) => [name, readPath(answer, place)] as const)
      return { keeps: Object.fromEntries(keeps), by: names[act.as] }
    }
    case "world": {
      const { kind: _, ...call } = act
      await front.world(call, signal)
      return ownersCalls.test(act.path) ? { by: owner } : {}
    }
    case "run": {
      await pointAt(act.target, on, signal)
      const output = await front.run(on.getScene().id, signal)
      page.setClipboard(output)
      return { keeps: { [act.keep]: output }, by: owner }
    }
  }
}

/** Presses until that has an effect: a form does not send a plan that changed just now. */
async function press(
  { target, refusal }: Extract<Act, { kind: "press" }>,
  on: Tracked,
  hasEffect: () => boolean,
  signal: AbortSignal,
): Promise<void> {
  const { page } = on
  await pointAt(target, on, signal)
  for (let presses = 0; presses < 4; presses += 1) {
    const before = page.readState(target)
    page.press(target)
    const acts = () => hasEffect() || page.readState(target) !== before || null
    const isTaken = (await ask(acts, waits.pressAgainMs, signal)) !== null
    if (isTaken && refusal === undefined) return
    if (!isTaken && !page.mayPress(target)) return
    const isRefused = () =>
      hasEffect() ? false : (page.read(refusal ?? target) !== null && page.mayPress(target)) || null
    if (isTaken && (await ask(isRefused, waits.sentMs, signal)) !== true) return
  }
}

/** Waits until something can be pressed or typed into, and shows where. */
async function pointAt(target: Target, { page, read }: Tracked, signal: AbortSignal): Promise<void> {
  if ((await ask(() => page.mayPress(target) || null, waits.giveUpMs, signal)) === null)
    throw new Error("The page does not have what this step acts on.")
  page.show(target)
  // On the way back to a later step nobody looks.
  if (read().step >= read().goal) await delay(waits.pointMs, signal)
}
