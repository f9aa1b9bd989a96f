import { perform, type Tracked } from "./acts.ts"
import { addFigure, getStep, sceneStart } from "./run.ts"
import { fillIn, isSamePage } from "./template.ts"
import { ask, delay } from "./waiting.ts"

/** Milliseconds. `coming` is for what Atlas does, `seen` for what the page has, `failed` for what an act led to all the same. */
const waits = { coming: 60_000, seen: 3_000, failed: 8_000, resumed: 12_000, title: 2_500, poll: 2_000 }

/** The person at this browser can't play the scenes. */
export class NotSignedIn extends Error {}

/** Leads through the steps of a scene: acts, looks for what captions are about, and finds the way back to them. */
export class Way {
  readonly #on: Tracked
  /** Whether the caption under way was missed once already. */
  #isMissed = false

  constructor(on: Tracked) {
    this.#on = on
  }

  /** Begins the scene with its project as it was. @param goal the step up to which captions pass unread */
  async begin(goal: number, signal: AbortSignal): Promise<void> {
    const { page, front, getScene, read, set, readSpeed } = this.#on
    const { id, project, steps, before = [] } = getScene()
    set({ ...sceneStart, goal })
    page.show(null)
    page.setClipboard(null)
    if (!(await front.isAdministrator(signal)))
      throw new NotSignedIn("Olivia Marsh plays the scenes. Sign in as Olivia.")
    // A form that stays open would keep what an earlier run typed.
    const at = await this.#fill(steps[0].at, signal)
    if (at != null && isSamePage(page.readAddress(), at)) page.open("/")
    await Promise.all([
      front.prepare(id, signal),
      front.world({ method: "POST", path: "/clock", body: { speed: readSpeed() } }, signal),
      // The bar has the scene's title.
      ...(read().isPlaying && goal === 0 ? [delay(waits.title, signal)] : []),
    ])
    page.forget(project)
    for (const act of before) {
      const filled = await ask(() => this.#fill(act, signal), waits.coming, signal)
      const { keeps } = await perform(filled ?? act, this.#on, () => false, signal)
      set({ values: { ...read().values, ...keeps } })
    }
    if (!(await this.#comes(0, waits.coming, signal)))
      throw new Error("The page does not show what this scene begins with.")
  }

  /** Does what leads from a step to the next one, and waits for that. */
  async advance(signal: AbortSignal): Promise<void> {
    const { read, set } = this.#on
    const { step, reached } = read()
    this.#leaveCaption()
    set({ phase: "acting", problem: null })
    if (step < reached && (await this.#comes(step + 1, waits.seen, signal))) return
    if (!(await this.#isThere(step + 1, signal)) && !(await this.#isThere(step, signal))) {
      await this.#bringBack(false, signal)
      if (read().step !== step) return
      set({ phase: "acting" })
    }
    try {
      await this.#act(step, signal)
    } catch (error) {
      // Somebody pressed elsewhere in the middle of it.
      if (signal.aborted || (await this.#isThere(step, signal))) throw error
      return await this.#bringBack(true, signal)
    }
    set({ phase: "coming" })
    if (!(await this.#comes(step + 1, waits.coming, signal))) await this.#bringBack(true, signal)
  }

  /** Goes on after a reload that came in the middle of something. */
  async resume(signal: AbortSignal): Promise<void> {
    const { phase } = this.#on.read()
    this.#isMissed = false
    const wasShown = phase === "shown" || phase === "returning"
    this.#on.set({ phase: wasShown ? "returning" : "coming", problem: null })
    await this.#bringBack(!wasShown, signal, phase === "coming" ? waits.resumed : waits.seen)
  }

  /** Goes back to the step before, in the world as it is or from the beginning of the scene. */
  async goBack(signal: AbortSignal): Promise<void> {
    const step = this.#on.read().step - 1
    this.#leaveCaption()
    if (!(await this.#comes(step, waits.seen, signal))) await this.begin(step, signal)
  }

  /**
   * Brings back what a reload or a press elsewhere took away: this step where the page still shows it, or the scene from its beginning.
   * @param hasBegun true when acts of this step may be done: they are led to their end
   */
  async #bringBack(hasBegun: boolean, signal: AbortSignal, forMs = waits.seen): Promise<void> {
    const { getScene, read, set } = this.#on
    const { step } = read()
    if (this.#isMissed) throw new Error("The page does not show what comes next. Next tries again.")
    this.#isMissed = true
    const following = Math.min(step + 1, getScene().steps.length - 1)
    set({ goal: Math.max(hasBegun ? following : step, read().goal) })
    if (hasBegun && (await this.#comes(following, forMs, signal))) return
    // Next may have been pressed meanwhile.
    if (!(await this.#comes(step, waits.seen, signal))) await this.begin(read().goal, signal)
  }

  /** Opens a step's page and waits for what its caption is about, then shows it. Returns false when it does not come. */
  async #comes(index: number, forMs: number, signal: AbortSignal): Promise<boolean> {
    const { page, getScene, read, set } = this.#on
    const { project } = getScene()
    let isOpened = false
    let polledAt = Date.now()
    const look = async () => {
      if (Date.now() - polledAt >= waits.poll) {
        polledAt = Date.now()
        await this.#poll(project, signal)
      }
      const shown = await this.#fillStep(index, signal)
      if (shown === null) return null
      const { target, beside = null } = shown
      const at = read().addresses[index] ?? shown.at
      if (read().beside !== beside) set({ beside })
      if (!isOpened && at !== undefined && !isSamePage(page.readAddress(), at)) page.open(at)
      isOpened = true
      return page.read(target) === null ? null : shown
    }
    const shown = await ask(look, forMs, signal)
    if (shown === null) return false
    const run = read()
    page.show(shown.target)
    const isNew = index > run.reached || run.addresses.length === 0
    set({
      step: index,
      reached: Math.max(run.reached, index),
      phase: "shown",
      problem: null,
      addresses: Object.assign([...run.addresses], { [index]: page.readAddress() }),
      shownAt: Date.now(),
      ...(isNew && { figures: addFigure(run, shown, page.read(shown.target) ?? "") }),
    })
    if (index >= run.goal) this.#isMissed = false
    return true
  }

  /** Lets the product poll Atlas for the newest connection. What fails waits for the next time. */
  async #poll(project: string, signal: AbortSignal): Promise<void> {
    const { front } = this.#on
    const newest = await front.findNewest(project, signal).catch(() => null)
    if (newest !== null) await front.poll(project, newest).catch(() => undefined)
  }

  /** Returns whether the page shows what a step is about, at the step's address. */
  async #isThere(index: number, signal: AbortSignal): Promise<boolean> {
    const { page, read } = this.#on
    const shown = await this.#fillStep(index, signal)
    if (shown === null) return false
    const pages = shown.at === undefined ? [] : [shown.at, read().addresses[index] ?? shown.at]
    const isAt = pages.length === 0 || pages.some((at) => isSamePage(page.readAddress(), at))
    return isAt && page.read(shown.target) !== null
  }

  async #act(index: number, signal: AbortSignal): Promise<void> {
    const { page, getScene, read, set } = this.#on
    const { acts = [] } = getStep(getScene(), index)
    for (const [place, act] of acts.entries()) {
      if (await this.#isThere(index + 1, signal)) return
      const filled = await ask(() => this.#fill(act, signal), waits.coming, signal)
      if (filled === null) throw new Error("Atlas does not list the connection of this scene.")
      const aim = acts[place + 1] ?? getStep(getScene(), index + 1)
      const target = "target" in aim ? await this.#fill(aim.target, signal) : null
      const wasThere = target === null || page.read(target) !== null
      const hasEffect = () => !wasThere && page.read(target) !== null
      if (act.kind === "press" && /\/connections\/new(\?|$)/.test(page.readAddress()))
        set({ sentAt: Date.now() })
      try {
        const { keeps, by } = await perform(filled, this.#on, hasEffect, signal)
        const { figures, values } = read()
        set({ values: { ...values, ...keeps } })
        if (by !== undefined)
          set({ figures: { ...figures, acts: { ...figures.acts, [by]: (figures.acts[by] ?? 0) + 1 } } })
      } catch (error) {
        // An act whose answer a reload cut off was done, and what it leads to comes.
        if (signal.aborted || !(await this.#comes(index + 1, waits.failed, signal))) throw error
        return
      }
    }
  }

  /** Fills in what shows a step; null while a value is missing, or without such a step. */
  async #fillStep(index: number, signal: AbortSignal) {
    const step = this.#on.getScene().steps[index]
    if (step === undefined) return null
    // Its acts may name values that only they bring.
    const { acts: _acts, ...shown } = step
    return await this.#fill(shown, signal)
  }

  /** Fills in the values of the scene; null while one is missing. */
  async #fill<T>(template: T, signal: AbortSignal): Promise<T | null> {
    const { front, getScene, read } = this.#on
    const { project } = getScene()
    const values = { project, ...read().values }
    if (!JSON.stringify(template ?? null).includes("{connection}")) return fillIn(template, values)
    const connection = await front.findNewest(project, signal)
    return connection === null ? null : fillIn(template, { ...values, connection })
  }

  /** Takes the time in which a caption was read from the time that is measured. */
  #leaveCaption(): void {
    const { sentAt, shownAt, phase } = this.#on.read()
    if (sentAt !== null && phase === "shown") this.#on.set({ sentAt: sentAt + Date.now() - shownAt })
  }
}
