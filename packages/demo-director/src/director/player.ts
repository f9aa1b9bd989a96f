import type { Scene } from "#scenes/scene.ts"
import type { Front } from "./calls.ts"
import type { Page } from "./page.ts"
import { beginRun, computeReadingMs, getStep, sceneStart, type Kept, type Run, type Store } from "./run.ts"
import { delay } from "./waiting.ts"
import { NotSignedIn, Way } from "./way.ts"

/** The parts that a player plays with. */
export interface Stage {
  page: Page
  front: Front
  scenes: readonly Scene[]
  store: Store
}

/** What the parts of the bar show and press. */
export interface BarProps {
  player: Player
  scenes: readonly Scene[]
  run: Run | null
}

/** Times as fast as the simulated clock runs. Captions stay as long as reading them takes. */
export const speeds = [1, 4, 20] as const

/** Time to read the title card. */
const titleMs = 12_000

/** Plays scenes on the page: acts, waits until the page shows what comes of it, and only then shows its caption. */
export class Player {
  #kept: Kept
  /** Ends what is under way once something else is chosen. */
  #choice = new AbortController()
  readonly #listeners = new Set<() => void>()
  readonly #stage: Stage
  readonly #way: Way

  constructor(stage: Stage) {
    this.#stage = stage
    this.#kept = stage.store.read() ?? { run: null, isClosed: false, speed: 4 }
    this.#way = new Way({
      page: stage.page,
      front: stage.front,
      getScene: this.getScene,
      read: () => this.#now,
      set: (changes) => this.#set(changes),
      readSpeed: () => this.#kept.speed,
    })
  }

  readonly subscribe = (listener: () => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
  readonly read = () => this.#kept

  /** Follows a link to a scene, or goes on where a reload interrupted. */
  start(asked: string | null): void {
    const run = this.#run
    if (asked === "play") this.playAll()
    else if (this.#stage.scenes.some(({ id }) => id === asked)) this.begin(asked ?? "", false)
    else if (run !== null) {
      void this.#setClock(this.#kept.speed)
      this.#choose((signal) => this.#resume(signal))
    }
  }

  /** Leaves what is under way to the page that follows this one. */
  leave(): void {
    this.#choice.abort()
  }

  /** Plays from the title card to the end card. */
  playAll(): void {
    const [first] = this.#stage.scenes
    if (first === undefined) return
    const run = beginRun(first.id, { isWhole: true, isPlaying: true })
    this.#keep({ run: { ...run, view: "title" }, isClosed: false })
    this.#choose()
  }

  /** Begins a scene; the whole demo goes on from there. */
  begin(sceneId: string, isPlaying = this.#run?.isPlaying ?? true): void {
    const run = this.#run
    const begun =
      run?.isWhole === true && run.view !== "end" ? run : beginRun(sceneId, { isWhole: false, isPlaying })
    this.#keep({ run: { ...begun, ...sceneStart, sceneId, isPlaying }, isClosed: false })
    this.#choose()
  }

  togglePlay(): void {
    const run = this.#run
    if (run === null || run.view === "end") return this.playAll()
    if (this.isOver()) return this.begin(run.sceneId, true)
    this.#set({ isPlaying: !run.isPlaying })
    // What is under way comes to its next caption first.
    if (run.view === "title" || run.phase === "shown") this.#choose()
    else if (run.phase === "stuck") this.#choose((signal) => this.#resume(signal))
  }

  next(): void {
    const run = this.#run
    if (run === null || run.view === "end") return
    if (run.view === "title") this.begin(run.sceneId)
    else if (run.phase === "stuck") this.#choose((signal) => this.#resume(signal))
    else if (run.phase === "shown") this.#choose((signal) => this.#advance(signal))
    // The next caption follows the one that a reload interrupted.
    else if (run.phase === "returning") this.#set({ goal: Math.max(run.goal, run.step + 1) })
  }

  /** Returns whether a press on Next changes something. */
  mayGoOn(): boolean {
    const run = this.#run
    if (run === null || run.view === "end") return false
    if (this.isOver() && this.#sceneIndex === this.#stage.scenes.length - 1) return false
    if (run.view === "title" || run.phase === "shown" || run.phase === "stuck") return true
    return run.phase === "returning" && run.goal <= run.step
  }

  previous(): void {
    const run = this.#run
    if (run === null || run.view === "title") return
    const before = this.#stage.scenes[this.#sceneIndex - 1]
    if (run.view === "end") this.begin(run.sceneId, false)
    else if (run.step > 0 && run.phase !== "preparing") this.#choose((signal) => this.#way.goBack(signal))
    else if (before !== undefined) this.begin(before.id)
    else if (run.isWhole) this.playAll()
  }

  /** Leaves the scene: its connection stays, the clock runs as usual, and the bar is one small button. */
  close(): void {
    this.#choice.abort()
    this.#stage.page.show(null)
    this.#stage.page.setClipboard(null)
    this.#keep({ run: null, isClosed: true })
    void this.#setClock(1)
  }

  open(): void {
    this.#keep({ isClosed: false })
  }

  setSpeed(speed: number): void {
    this.#keep({ speed })
    void this.#setClock(speed)
  }

  /** Returns the scene under way. */
  readonly getScene = (): Scene => {
    const scene = this.#stage.scenes[this.#sceneIndex]
    if (scene === undefined) throw new Error("No scene is under way.")
    return scene
  }

  /** Returns whether one scene was played to its end. */
  isOver(): boolean {
    const run = this.#run
    if (run === null || run.isWhole || run.isPlaying || run.phase !== "shown") return false
    return run.step === this.getScene().steps.length - 1
  }

  get #run(): Run | null {
    return this.#kept.run
  }

  get #now(): Run {
    if (this.#kept.run === null) throw new Error("No scene is under way.")
    return this.#kept.run
  }

  get #sceneIndex(): number {
    return this.#stage.scenes.findIndex(({ id }) => id === this.#run?.sceneId)
  }

  /** Ends what is under way, does this, and plays on. */
  #choose(first?: (signal: AbortSignal) => Promise<void>): void {
    this.#choice.abort()
    const { signal } = (this.#choice = new AbortController())
    const task = async () => {
      while (!this.#stage.page.isUsable()) await delay(150, signal)
      await first?.(signal)
      await this.#goOn(signal)
    }
    task().catch((error: unknown) => {
      if (signal.aborted) return
      const problem = error instanceof Error ? error.message : String(error)
      // A sign-in loads the page again, and the demo goes on.
      const isPlaying = this.#now.isPlaying && error instanceof NotSignedIn
      this.#set({ phase: "stuck", problem, isPlaying })
    })
  }

  /** Brings back the caption that was shown; a scene without one begins. */
  async #resume(signal: AbortSignal): Promise<void> {
    const { view, addresses, goal } = this.#now
    if (view !== "scene") return
    if (addresses.length === 0) await this.#way.begin(goal, signal)
    else await this.#way.resume(signal)
  }

  /** Plays on until a pause or the end. */
  async #goOn(signal: AbortSignal): Promise<void> {
    for (;;) {
      const { view, phase, goal, step, isPlaying } = this.#now
      if (view === "scene" && phase === "preparing") await this.#way.begin(goal, signal)
      else if (view === "scene" && step < goal) await this.#advance(signal)
      else {
        if (view !== "scene") this.#stage.page.show(null)
        if (!isPlaying || view === "end") return
        await delay(this.#computeReadingMs(), signal)
        if (view === "title") this.#set(sceneStart)
        else await this.#advance(signal)
      }
    }
  }

  #computeReadingMs(): number {
    const { view, step } = this.#now
    if (view === "title") return titleMs
    const { title, caption } = getStep(this.getScene(), step)
    return computeReadingMs(`${title} ${caption}`)
  }

  /** Leads to the next step, the next scene or the end. */
  async #advance(signal: AbortSignal): Promise<void> {
    const { step, isWhole, isPlaying } = this.#now
    const next = this.#stage.scenes[this.#sceneIndex + 1]
    if (step < this.getScene().steps.length - 1) await this.#way.advance(signal)
    else if (next === undefined && isWhole) this.#set({ view: "end", isPlaying: false, beside: null })
    else if (next === undefined || (isPlaying && !isWhole)) this.#set({ isPlaying: false })
    else this.#set({ ...sceneStart, sceneId: next.id })
  }

  async #setClock(speed: number): Promise<void> {
    // The next scene sets it again.
    await this.#stage.front.world({ method: "POST", path: "/clock", body: { speed } }).catch(() => undefined)
  }

  #set(changes: Partial<Run>): void {
    this.#keep({ run: { ...this.#now, ...changes } })
  }

  #keep(changes: Partial<Kept>): void {
    this.#kept = { ...this.#kept, ...changes }
    this.#stage.store.keep(this.#kept)
    for (const listener of this.#listeners) listener()
  }
}
