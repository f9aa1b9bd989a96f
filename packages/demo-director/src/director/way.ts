import type { Scene } from "#scenes/scene.ts"
import { isOfPage, perform } from "./acts.ts"
import { findNewest, type Front } from "./calls.ts"
import { addAct, addFigure } from "./figures.ts"
import { isForm, isSamePage } from "./addresses.ts"
import type { Page } from "./page.ts"
import { getShown, getStep, sceneStart, type Run } from "./run.ts"
import { fillIn, hasConnection } from "./values.ts"
import { ask, delay } from "./waiting.ts"

/** Milliseconds. `coming` is for what Atlas does, `seen` for what the page has, `failed` for what an act led to all the same. */
const waits = {
  look: 150,
  poll: 2_000,
  coming: 90_000,
  seen: 3_000,
  failed: 8_000,
  resumed: 12_000,
  title: 2_500,
}
const mostAgain = 2

/** The person at this browser can't play the scenes. */
export class NotSignedIn extends Error {}

/** The run that a way leads through. */
export interface Tracked {
  page: Page
  front: Front
  getScene: () => Scene
  read: () => Run
  set: (changes: Partial<Run>) => void
  readSpeed: () => number
}

/** Leads through the steps of a scene: acts, looks for what captions are about, and finds the way back to them. */
export class Way {
  readonly #on: Tracked
  /** Counts beginnings in search of one step. */
  #again = 0

  constructor(on: Tracked) {
    this.#on = on
  }

  /** Begins the scene with its project as it was. @param goal the step up to which captions pass unread */
  async begin(goal: number, signal: AbortSignal): Promise<void> {
    const { page, front, getScene, read, set, readSpeed } = this.#on
    const scene = getScene()
    set({ ...sceneStart, goal, addresses: [], values: {} })
    page.show(null)
    page.setClipboard(null)
    if (!(await front.isAdministrator(signal)))
      throw new NotSignedIn("Olivia Marsh plays the scenes. Sign in as Olivia.")
    // A form that stays open would keep what an earlier run typed.
    const at = await this.#fill(scene.steps[0].at, signal)
    if (at != null && isSamePage(page.readAddress(), at)) page.open("/")
    await Promise.all([
      front.prepare(scene.id, signal),
      front.world({ method: "POST", path: "/clock", body: { speed: readSpeed() } }, signal),
      // The bar has the scene's title.
      ...(read().isPlaying && goal === 0 ? [delay(waits.title, signal)] : []),
    ])
    page.forget(scene.project)
    for (const act of scene.before ?? []) {
      const filled = await ask(() => this.#fill(act, signal), waits.coming, signal)
      const { keeps } = await perform(
        filled ?? act,
        this.#stageActs(signal, () => false),
      )
      this.#keep(keeps)
    }
    if (!(await this.comes(0, waits.coming, signal)))
      throw new Error("The page does not show what this scene begins with.")
  }

  /** Does what leads from a step to the next one, and waits for that. */
  async advance(signal: AbortSignal): Promise<void> {
    const { read, set } = this.#on
    const { step, reached } = read()
    this.#leaveCaption()
    set({ phase: "acting", awaited: step + 1, problem: null })
    if (step < reached && (await this.comes(step + 1, waits.seen, signal))) return
    if (!(await this.#isThere(step + 1, signal)) && !(await this.#isThere(step, signal))) {
      await this.#bringBack(false, signal)
      if (read().step !== step) return
      set({ phase: "acting" })
    }
    await this.#act(step, signal)
    set({ phase: "coming" })
    if (!(await this.comes(step + 1, waits.coming, signal)))
      throw new Error("Atlas takes longer than usual. Next goes on waiting.")
  }

  /**
   * Brings back what a reload or a press elsewhere took away: this step, an earlier one, or the scene from its beginning.
   * @param hasBegun true when acts of this step may be done
   */
  async #bringBack(hasBegun: boolean, signal: AbortSignal): Promise<void> {
    const { read, set } = this.#on
    const { step } = read()
    const isEither = async () =>
      (await this.#isThere(step, signal)) || (await this.#isThere(step + 1, signal)) ? true : null
    if ((await ask(isEither, waits.seen, signal)) !== null)
      return await this.#show((await this.#isThere(step, signal)) ? step : step + 1, signal)
    const goal = Math.max(step, read().goal)
    const { steps } = this.#on.getScene()
    for (let earlier = step; earlier >= 0; earlier -= 1) {
      // What the page forgot can be done again; what clouds and other people did can't.
      if (!steps.slice(earlier, hasBegun ? step + 1 : step).every(isOfPage)) break
      // A page that is open already has had its time.
      const isOpen = earlier < step && read().addresses[earlier] === read().addresses[earlier + 1]
      if (!(await this.comes(earlier, isOpen ? 0 : waits.seen, signal))) continue
      return set({ goal })
    }
    this.#again += 1
    if (this.#again > mostAgain) throw new Error("The page no longer shows this. Choose the scene again.")
    await this.begin(goal, signal)
  }

  /** Goes on after a reload that came in the middle of something. */
  async resume(signal: AbortSignal): Promise<void> {
    const { phase, awaited } = this.#on.read()
    if (phase === "coming" && (await this.comes(awaited, waits.resumed, signal))) return
    await this.#bringBack(phase !== "shown", signal)
  }

  /** Goes back to the step before, in the world as it is or from the beginning of the scene. */
  async goBack(signal: AbortSignal): Promise<void> {
    const step = this.#on.read().step - 1
    this.#leaveCaption()
    if (!(await this.comes(step, waits.seen, signal))) await this.begin(step, signal)
  }

  /** Opens a step's page and waits for what its caption is about, then shows it. Returns false when it does not come. */
  async comes(index: number, forMs: number, signal: AbortSignal): Promise<boolean> {
    const { page, front, getScene, read, set } = this.#on
    const step = getShown(getScene(), index)
    let isOpened = false
    let polledAt = Date.now()
    const look = async () => {
      if (Date.now() - polledAt >= waits.poll) {
        polledAt = Date.now()
        const newest = await findNewest(front, getScene().project, signal).catch(() => null)
        if (newest !== null) await front.poll(getScene().project, newest.id).catch(() => undefined)
      }
      const filled = await this.#fill(step, signal)
      if (filled === null) return null
      const { at = read().addresses[index], target, beside = null } = filled
      if (read().beside !== beside) set({ beside })
      if (!isOpened && at !== undefined && !isSamePage(page.readAddress(), at)) page.open(at)
      isOpened = true
      return page.read(target) === null ? null : true
    }
    if ((await ask(look, forMs, signal)) === null) return false
    await this.#show(index, signal)
    return true
  }

  async #show(index: number, signal: AbortSignal): Promise<void> {
    const { page, read, set } = this.#on
    const run = read()
    const filled = await this.#fill(getShown(this.#on.getScene(), index), signal)
    if (filled === null) return
    const { target, figure, beside = null } = filled
    page.show(target)
    const addresses = [...run.addresses]
    addresses[index] = page.readAddress()
    const isNew = index > run.reached || run.addresses.length === 0
    if (index >= run.goal) this.#again = 0
    set({
      step: index,
      reached: Math.max(run.reached, index),
      phase: "shown",
      problem: null,
      addresses,
      beside,
      shownAt: Date.now(),
      ...(isNew && { figures: addFigure(run, figure, page.read(target) ?? "") }),
    })
  }

  async #act(index: number, signal: AbortSignal): Promise<void> {
    const { page, getScene, read, set } = this.#on
    const acts = getStep(getScene(), index).acts ?? []
    for (const [place, act] of acts.entries()) {
      if (await this.#isThere(index + 1, signal)) return
      const filled = await ask(() => this.#fill(act, signal), waits.coming, signal)
      if (filled === null) throw new Error("Atlas does not list the connection of this scene.")
      const following = acts[place + 1]
      const aim = following ?? getStep(getScene(), index + 1)
      const target = "target" in aim ? await this.#fill(aim.target, signal) : null
      const wasThere = target === null || page.read(target) !== null
      const hasEffect = () => !wasThere && page.read(target) !== null
      if (act.kind === "press" && isForm(page.readAddress())) set({ sentAt: Date.now() })
      try {
        const { keeps, by } = await perform(filled, this.#stageActs(signal, hasEffect))
        this.#keep(keeps)
        set({ figures: addAct(read().figures, by) })
      } catch (error) {
        // An act whose answer a reload cut off was done, and what it leads to comes.
        if (signal.aborted || !(await this.comes(index + 1, waits.failed, signal))) throw error
        return
      }
    }
  }

  #stageActs(signal: AbortSignal, hasEffect: () => boolean) {
    const { page, front, read } = this.#on
    return { page, front, signal, hasEffect, values: read().values, isSlow: read().step >= read().goal }
  }

  #keep(keeps: Record<string, string>): void {
    this.#on.set({ values: { ...this.#on.read().values, ...keeps } })
  }

  /** Takes the time in which a caption was read from the time that is measured. */
  #leaveCaption(): void {
    const { sentAt, shownAt, phase } = this.#on.read()
    if (sentAt !== null && phase === "shown") this.#on.set({ sentAt: sentAt + Date.now() - shownAt })
  }

  /** Returns whether the page shows what a step is about, at the step's address. */
  async #isThere(index: number, signal: AbortSignal): Promise<boolean> {
    const { page, getScene, read } = this.#on
    if (index >= getScene().steps.length) return false
    const filled = await this.#fill(getShown(getScene(), index), signal)
    if (filled === null) return false
    const pages = filled.at === undefined ? [] : [filled.at, read().addresses[index] ?? filled.at]
    const isAt = pages.length === 0 || pages.some((at) => isSamePage(page.readAddress(), at))
    return isAt && page.read(filled.target) !== null
  }

  /** Fills in the values of the scene; null while one is missing. */
  async #fill<T>(template: T, signal: AbortSignal): Promise<T | null> {
    const { front, getScene, read } = this.#on
    const { project } = getScene()
    const newest = hasConnection(template) ? await findNewest(front, project, signal) : null
    try {
      return fillIn(template, {
        project,
        ...read().values,
        ...(newest !== null && { connection: newest.id }),
      })
    } catch {
      return null
    }
  }
}
