import { isOfPage, perform } from "./acts.ts"
import { isForm, isSamePage } from "./addresses.ts"
import { addAct } from "./figures.ts"
import { Look, type Tracked } from "./look.ts"
import { getStep, sceneStart } from "./run.ts"
import { ask, delay } from "./waiting.ts"

/** Milliseconds. `coming` is for what Atlas does, `seen` for what the page has, `failed` for what an act led to all the same. */
const waits = { coming: 60_000, again: 20_000, seen: 3_000, failed: 8_000, resumed: 12_000, title: 2_500 }
const mostAgain = 3

/** The person at this browser can't play the scenes. */
export class NotSignedIn extends Error {}

/** Leads through the steps of a scene: acts, looks for what captions are about, and finds the way back to them. */
export class Way {
  readonly #on: Tracked
  readonly #look: Look
  /** Counts ways back in search of one step. */
  #again = 0

  constructor(on: Tracked) {
    this.#on = on
    this.#look = new Look(on)
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
    const at = await this.#look.fill(scene.steps[0].at, signal)
    if (at != null && isSamePage(page.readAddress(), at)) page.open("/")
    await Promise.all([
      front.prepare(scene.id, signal),
      front.world({ method: "POST", path: "/clock", body: { speed: readSpeed() } }, signal),
      // The bar has the scene's title.
      ...(read().isPlaying && goal === 0 ? [delay(waits.title, signal)] : []),
    ])
    page.forget(scene.project)
    for (const act of scene.before ?? []) {
      const filled = await ask(() => this.#look.fill(act, signal), waits.coming, signal)
      const { keeps } = await perform(
        filled ?? act,
        this.#stageActs(signal, () => false),
      )
      this.#keep(keeps)
    }
    if (!(await this.#look.comes(0, waits.coming, signal)))
      throw new Error("The page does not show what this scene begins with.")
  }

  /** Does what leads from a step to the next one, and waits for that. */
  async advance(signal: AbortSignal): Promise<void> {
    const { read, set } = this.#on
    const { step, reached } = read()
    this.#leaveCaption()
    set({ phase: "acting", awaited: step + 1, problem: null })
    if (step < reached && (await this.#look.comes(step + 1, waits.seen, signal))) return
    if (!(await this.#look.isThere(step + 1, signal)) && !(await this.#look.isThere(step, signal))) {
      await this.#bringBack(false, signal)
      if (read().step !== step) return
      set({ phase: "acting" })
    }
    try {
      await this.#act(step, signal)
    } catch (error) {
      // Somebody pressed elsewhere in the middle of it.
      if (signal.aborted || (await this.#look.isThere(step, signal))) throw error
      return await this.#bringBack(true, signal)
    }
    set({ phase: "coming" })
    const forMs = this.#again === 0 ? waits.coming : waits.again
    if (await this.#look.comes(step + 1, forMs, signal)) this.#again = 0
    else await this.#bringBack(true, signal)
  }

  /**
   * Brings back what a reload or a press elsewhere took away: this step, an earlier one, or the scene from its beginning.
   * @param hasBegun true when acts of this step may be done
   */
  async #bringBack(hasBegun: boolean, signal: AbortSignal): Promise<void> {
    const { getScene, read, set } = this.#on
    const { step } = read()
    const { steps } = getScene()
    this.#again += 1
    if (this.#again > mostAgain) throw new Error("The page does not show what comes next. Next tries again.")
    // What was begun is led to its end.
    const goal = Math.max(Math.min(hasBegun ? step + 1 : step, steps.length - 1), read().goal)
    set({ goal })
    const isEither = async () =>
      (await this.#look.isThere(step, signal)) || (await this.#look.isThere(step + 1, signal)) ? true : null
    if ((await ask(isEither, waits.seen, signal)) !== null)
      return await this.#look.show((await this.#look.isThere(step, signal)) ? step : step + 1, signal)
    for (let earlier = step; earlier >= 0; earlier -= 1) {
      // What the page forgot can be done again; what clouds and other people did can't.
      if (!steps.slice(earlier, hasBegun ? step + 1 : step).every(isOfPage)) break
      // A page that is open already has had its time.
      const isOpen = earlier < step && read().addresses[earlier] === read().addresses[earlier + 1]
      if (await this.#look.comes(earlier, isOpen ? 0 : waits.seen, signal)) return
    }
    await this.begin(goal, signal)
  }

  /** Goes on after a reload that came in the middle of something. */
  async resume(signal: AbortSignal): Promise<void> {
    const { phase, awaited } = this.#on.read()
    this.#again = 0
    this.#on.set({ phase: "coming", problem: null })
    if (phase === "coming" && (await this.#look.comes(awaited, waits.resumed, signal))) return
    await this.#bringBack(phase !== "shown", signal)
  }

  /** Goes back to the step before, in the world as it is or from the beginning of the scene. */
  async goBack(signal: AbortSignal): Promise<void> {
    const step = this.#on.read().step - 1
    this.#leaveCaption()
    if (!(await this.#look.comes(step, waits.seen, signal))) await this.begin(step, signal)
  }

  async #act(index: number, signal: AbortSignal): Promise<void> {
    const { page, getScene, read, set } = this.#on
    const acts = getStep(getScene(), index).acts ?? []
    for (const [place, act] of acts.entries()) {
      if (await this.#look.isThere(index + 1, signal)) return
      const filled = await ask(() => this.#look.fill(act, signal), waits.coming, signal)
      if (filled === null) throw new Error("Atlas does not list the connection of this scene.")
      const following = acts[place + 1]
      const aim = following ?? getStep(getScene(), index + 1)
      const target = "target" in aim ? await this.#look.fill(aim.target, signal) : null
      const wasThere = target === null || page.read(target) !== null
      const hasEffect = () => !wasThere && page.read(target) !== null
      if (act.kind === "press" && isForm(page.readAddress())) set({ sentAt: Date.now() })
      try {
        const { keeps, by } = await perform(filled, this.#stageActs(signal, hasEffect))
        this.#keep(keeps)
        set({ figures: addAct(read().figures, by) })
      } catch (error) {
        // An act whose answer a reload cut off was done, and what it leads to comes.
        if (signal.aborted || !(await this.#look.comes(index + 1, waits.failed, signal))) throw error
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
}
