import type { Scene } from "#scenes/scene.ts"
import { isSamePage } from "./addresses.ts"
import { findNewest, type Front } from "./calls.ts"
import { addFigure } from "./figures.ts"
import type { Page } from "./page.ts"
import { getShown, type Run } from "./run.ts"
import { fillIn, hasConnection } from "./values.ts"
import { ask } from "./waiting.ts"

const pollMs = 2_000

/** The run under way, and what it plays with. */
export interface Tracked {
  page: Page
  front: Front
  getScene: () => Scene
  read: () => Run
  set: (changes: Partial<Run>) => void
  readSpeed: () => number
}

/** Looks on the page for what captions are about. */
export class Look {
  readonly #on: Tracked

  constructor(on: Tracked) {
    this.#on = on
  }

  /** Opens a step's page and waits for what its caption is about, then shows it. Returns false when it does not come. */
  async comes(index: number, forMs: number, signal: AbortSignal): Promise<boolean> {
    const { page, front, getScene, read, set } = this.#on
    const step = getShown(getScene(), index)
    let isOpened = false
    let polledAt = Date.now()
    const look = async () => {
      if (Date.now() - polledAt >= pollMs) {
        polledAt = Date.now()
        const newest = await findNewest(front, getScene().project, signal).catch(() => null)
        if (newest !== null) await front.poll(getScene().project, newest.id).catch(() => undefined)
      }
      const filled = await this.fill(step, signal)
      if (filled === null) return null
      const { at = read().addresses[index], target, beside = null } = filled
      if (read().beside !== beside) set({ beside })
      if (!isOpened && at !== undefined && !isSamePage(page.readAddress(), at)) page.open(at)
      isOpened = true
      return page.read(target) === null ? null : true
    }
    if ((await ask(look, forMs, signal)) === null) return false
    await this.show(index, signal)
    return true
  }

  /** Puts the spotlight on what a step is about, and shows its caption. */
  async show(index: number, signal: AbortSignal): Promise<void> {
    const { page, read, set } = this.#on
    const run = read()
    const filled = await this.fill(getShown(this.#on.getScene(), index), signal)
    if (filled === null) return
    const { target, figure, beside = null } = filled
    page.show(target)
    const addresses = [...run.addresses]
    addresses[index] = page.readAddress()
    const isNew = index > run.reached || run.addresses.length === 0
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

  /** Returns whether the page shows what a step is about, at the step's address. */
  async isThere(index: number, signal: AbortSignal): Promise<boolean> {
    const { page, getScene, read } = this.#on
    if (index >= getScene().steps.length) return false
    const filled = await this.fill(getShown(getScene(), index), signal)
    if (filled === null) return false
    const pages = filled.at === undefined ? [] : [filled.at, read().addresses[index] ?? filled.at]
    const isAt = pages.length === 0 || pages.some((at) => isSamePage(page.readAddress(), at))
    return isAt && page.read(filled.target) !== null
  }

  /** Fills in the values of the scene; null while one is missing. */
  async fill<T>(template: T, signal: AbortSignal): Promise<T | null> {
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
