import { clearFaults, controlSimulator } from "#api/demo.ts"
import { peeringsQuery } from "#api/peerings/peering-list.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { holdFocus } from "./hold-focus.ts"
import { findPeering, isInState } from "./page-state.ts"
import {
  beginRun,
  getScene,
  getSteps,
  isHurried,
  keepRun,
  listHurries,
  readRun,
  toResumed,
  type Run,
} from "./run.ts"
import { showPart } from "./show-part.ts"
import { findNetwork, perform, pollScene, setClock, toPath, type Stage } from "./stage.ts"
import { toWords } from "./to-words.ts"

/** The simulated clock's speed, by which captions stay shorter too. */
export const speeds = [1, 4, 20] as const

const everyMs = { look: 200, poll: 2_000 }
const readMs = { least: 3_000, perLetter: 50 }

/** Plays scenes: acts, waits until the page's own data shows the next state, and only then shows its caption. */
export class ScenePlayer {
  #run = readRun()
  #speed = this.#run?.speed ?? 1
  #problem: string | null = null
  #timer: ReturnType<typeof setTimeout> | undefined
  /** Counts choices of a scene, of none, or of a new beginning. What a choice began ends without an effect once there is another. */
  #choices = 0
  readonly #listeners = new Set<() => void>()
  readonly #stage: Stage

  constructor(stage: Stage) {
    this.#stage = stage
  }

  readonly subscribe = (listener: () => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
  readonly read = () => this.#run
  readonly readSpeed = () => this.#speed
  /** Why no scene could start, or the one under way could not start over. */
  readonly readProblem = () => this.#problem

  /** Goes on with the scene that a reload interrupted, and follows the page's data. Returns what stops it. */
  open(): () => void {
    const look = () => this.#look()
    const stops = [
      this.#stage.client.getQueryCache().subscribe(look),
      this.#stage.client.getMutationCache().subscribe(look),
    ]
    if (this.#run !== null) void this.#resume(this.#run)
    return () => {
      for (const stop of stops) stop()
      clearTimeout(this.#timer)
    }
  }

  /** Starts a scene with a new network. */
  async start(sceneId: string): Promise<void> {
    const choice = (this.#choices += 1)
    await this.#attempt(async () => {
      const scene = getScene({ sceneId })
      const key = crypto.randomUUID()
      const network = await findNetwork(this.#stage, scene, key)
      await Promise.all([setClock(this.#speed), clearFaults()])
      const run = beginRun(sceneId, { key, network, speed: this.#speed })
      for (const act of scene.before ?? []) await perform(this.#stage, run, act)
      if (choice === this.#choices) this.#enter(run, 0)
    })
  }

  /** Leaves the scene; its connection stays. */
  async leave(): Promise<void> {
    this.#choices += 1
    this.#set(null)
    await this.#attempt(() => Promise.all([setClock(1), clearFaults()]))
  }

  /** Puts the simulated world back to its beginning. */
  async startOver(): Promise<void> {
    this.#choices += 1
    this.#set(null)
    await this.#attempt(async () => {
      await controlSimulator({ to: "/reset", body: {} })
      await setClock(this.#speed)
      await this.#stage.client.invalidateQueries()
      this.#stage.navigate(pagePaths.home())
    })
  }

  async setSpeed(speed: number): Promise<void> {
    this.#speed = speed
    if (this.#run !== null) this.#set({ ...this.#run, speed })
    else this.#tell()
    await this.#attempt(async () => {
      const run = this.#run
      if (run === null || !isHurried(run)) return await setClock(speed)
      for (const act of listHurries(run)) await perform(this.#stage, run, act)
    })
  }

  togglePlay(): void {
    if (this.#run !== null) this.#set({ ...this.#run, isPlaying: !this.#run.isPlaying })
  }

  previous(): void {
    const run = this.#run
    if (run !== null && run.step > 0) this.#enter(run, run.step - 1)
  }

  next(): void {
    const run = this.#run
    if (run === null || run.phase !== "shown") return
    const { step, next } = getSteps(run)
    if (next === undefined) return
    const isSeen = run.step < run.reached
    const isThere = next.waitFor !== undefined && isInState(this.#stage.client, run, next.waitFor)
    if (isSeen || isThere) this.#enter(run, run.step + 1)
    else
      void this.#act({
        ...run,
        phase: step.acts === undefined ? "waiting" : "acting",
        acted: 0,
        problem: null,
      })
  }

  /** Goes on where the reload interrupted. An act that it cut off is done again, and nothing happens twice. */
  async #resume({ projectId }: Run): Promise<void> {
    const choice = this.#choices
    await this.#attempt(async () => {
      await this.#stage.client.ensureQueryData(peeringsQuery(projectId))
      const run = this.#run
      if (run === null || choice !== this.#choices) return
      const again = toResumed(run)
      if (again.phase === "acting") await this.#act(again)
      else this.#set(run)
    })
  }

  async #act(begun: Run): Promise<void> {
    let run = begun
    holdFocus()
    this.#set(run)
    const { client } = this.#stage
    const { step, next } = getSteps(run)
    try {
      for (const act of step.acts?.slice(run.acted) ?? []) {
        const changes = await perform(this.#stage, run, act)
        if (this.#run !== run) return
        run = { ...run, ...changes, acted: run.acted + 1 }
        this.#set(run)
      }
    } catch (error) {
      await pollScene(this.#stage, run).catch(() => undefined)
      if (this.#run !== run) return
      // An act whose answer a reload cut off was done: the state is no longer the one it began in.
      const isUndone = step.waitFor === undefined || isInState(client, run, step.waitFor)
      const isThere = next?.waitFor !== undefined && isInState(client, run, next.waitFor)
      if (isUndone && !isThere) {
        this.#set({ ...run, phase: "shown", isPlaying: false, problem: toWords(error) })
        return
      }
    }
    this.#set({ ...run, phase: "waiting" })
    this.#look()
  }

  /** Enters the next step once the page's data shows its state; also when somebody else did the act. */
  #look(): void {
    const run = this.#run
    if (run === null || run.phase === "acting") return
    const { step, next } = getSteps(run)
    if (next === undefined || !isInState(this.#stage.client, run, next.waitFor)) return
    const isDoneByOthers = next.waitFor !== undefined && step.acts !== undefined && run.step === run.reached
    if (run.phase === "waiting" || isDoneByOthers) this.#enter(run, run.step + 1)
  }

  #enter(run: Run, step: number): void {
    const peeringId = run.peeringId ?? findPeering(this.#stage.client, run)?.id ?? null
    this.#set({
      ...run,
      peeringId,
      step,
      reached: Math.max(run.reached, step),
      phase: "shown",
      problem: null,
    })
    const entered = this.#run
    if (entered === null) return
    const entry = getSteps(entered).step
    const path = toPath(this.#stage, entered, entry.goTo)
    if (path !== null && path !== location.pathname + location.search) this.#stage.navigate(path)
    // Once the page has drawn the state.
    requestAnimationFrame(() => showPart(entry))
  }

  async #attempt(what: () => Promise<unknown>): Promise<void> {
    this.#problem = null
    try {
      await what()
    } catch (error) {
      this.#problem = toWords(error)
    }
    this.#tell()
  }

  #set(run: Run | null): void {
    const before = this.#run
    this.#run = run
    keepRun(run)
    clearTimeout(this.#timer)
    if (before !== null && isHurried(before) && (run === null || !isHurried(run))) void setClock(this.#speed)
    if (run?.phase === "waiting") this.#await(run)
    else if (run?.phase === "shown" && run.isPlaying) {
      const { caption } = getSteps(run).step
      const delayMs = (readMs.least + readMs.perLetter * caption.length) / this.#speed
      this.#timer = setTimeout(() => this.next(), delayMs)
    }
    this.#tell()
  }

  /** Looks at the page, and polls from time to time, while a state is awaited. */
  #await(run: Run): void {
    let polledAt = performance.now()
    const look = () => {
      if (performance.now() - polledAt > everyMs.poll) {
        polledAt = performance.now()
        void pollScene(this.#stage, run).catch(() => undefined)
      }
      this.#timer = setTimeout(look, everyMs.look)
      this.#look()
    }
    this.#timer = setTimeout(look, everyMs.look)
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }
}
