import type { Act, Person, Step, Target } from "#scenes/scene.ts"
import type { Front } from "./calls.ts"
import type { Page } from "./page.ts"
import { fillIn, readPath } from "./values.ts"
import { delay, until } from "./waiting.ts"

/** What an act is done with. */
export interface ActStage {
  page: Page
  front: Front
  values: Readonly<Record<string, string>>
  signal: AbortSignal
  /** Shows each press to the people who watch; false on the way back to a later step. */
  isSlow: boolean
  /** Returns whether what the act leads to is there. */
  hasEffect: () => boolean
}

/** What an act did. */
export interface Done {
  keeps: Record<string, string>
  /** The person whose act it was; null for none. */
  by: string | null
}

const names: Record<Person, string> = { nadia: "Nadia", olivia: "Olivia" }
const owner = "Network team"
/** Calls of the control API that play the cloud's side; the others are faults, or time. */
const ownersCalls = /^\/(cloud-side|azure-role|network-acts|customer-networks|reading-role)/

const waits = { pointMs: 550, pressAgainMs: 1_800, giveUpMs: 20_000 }

/** Does an act. Throws in words for the person when the page or the front does not let it. */
export async function perform(template: Act, stage: ActStage): Promise<Done> {
  const { page, front, values, signal } = stage
  const act = fillIn(template, values)
  switch (act.kind) {
    case "press":
      await press(act.target, stage)
      return { keeps: {}, by: act.target.isBeside === true ? owner : names.olivia }
    case "fill":
    case "choose": {
      await pointAt(act.target, stage)
      if (act.kind === "fill") page.fill(act.target, act.value)
      else page.choose(act.target, act.option)
      return { keeps: {}, by: null }
    }
    case "request": {
      const { as, method, path, body, keep = {} } = act
      // A reload came after its answer.
      if (Object.keys(keep).some((name) => name in values)) return { keeps: {}, by: null }
      const answer = await front.request({ as, method, path, ...(body !== undefined && { body }) }, signal)
      const keeps = Object.entries(keep).map(([name, place]) => [name, readPath(answer, place)] as const)
      return { keeps: Object.fromEntries(keeps), by: names[as] }
    }
    case "world": {
      const { method, path, body } = act
      await front.world({ method, path, ...(body !== undefined && { body }) }, signal)
      return { keeps: {}, by: ownersCalls.test(path) ? owner : null }
    }
    case "run": {
      await pointAt(act.copy, stage)
      const script = await Promise.race([page.copy(act.copy), refuseAfter(waits.pressAgainMs, signal)])
      const output = await front.run({ script, account: act.account }, signal)
      page.setClipboard(output)
      return { keeps: { [act.keep]: output }, by: owner }
    }
  }
}

/** Presses until that has an effect: a form does not send a plan that changed just now. */
async function press(target: Target, stage: ActStage): Promise<void> {
  const { page, signal, hasEffect } = stage
  await pointAt(target, stage)
  for (let presses = 0; presses < 4; presses += 1) {
    const before = page.readState(target)
    page.press(target)
    const acts = () => hasEffect() || page.readState(target) !== before
    if (await until(acts, waits.pressAgainMs, signal)) return
    if (!page.mayPress(target)) return
  }
}

/** Waits until something can be pressed or typed into, and shows where. */
async function pointAt(target: Target, { page, signal, isSlow }: ActStage): Promise<void> {
  if (!(await until(() => page.mayPress(target), waits.giveUpMs, signal)))
    throw new Error("The page does not have what this step acts on.")
  page.show(target)
  if (isSlow) await delay(waits.pointMs, signal)
}

async function refuseAfter(ms: number, signal: AbortSignal): Promise<never> {
  await delay(ms, signal)
  throw new Error("The page copied nothing.")
}

/** Returns whether all that a step does is on the page. */
export function isOfPage({ acts = [] }: Step): boolean {
  return acts.every(({ kind }) => kind === "press" || kind === "fill" || kind === "choose")
}
