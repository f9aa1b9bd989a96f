import type { Scene, Step } from "#scenes/scene.ts"

/** Figures of the end card, each measured in this run. */
export interface Figures {
  /** From the press that sent the form to every stop proven, without the time in which captions were read. */
  provenMs: number | null
  /** Acts by name: of the people at the product, and of the network's owner. */
  acts: Record<string, number>
  refusalsAvoided: number
  entriesVerified: number | null
}

/** Where the demo is. It survives a reload. */
export interface Run {
  view: "title" | "scene" | "end"
  /** The whole demo, from the title card to the end card; else one scene. */
  isWhole: boolean
  isPlaying: boolean
  sceneId: string
  /** The step whose caption shows, and the furthest one so far. */
  step: number
  reached: number
  /** The step that a way back through the scene leads to; captions before it pass unread. */
  goal: number
  /**
   * `preparing`: the scene's project is put back. `shown`: the caption is true now. `acting`: on the way to the next one. `coming`: waits
   * for what that is about. `returning`: on the way back to the caption after a reload. `stuck`: it can't go on, `problem` says why.
   */
  phase: "preparing" | "shown" | "acting" | "coming" | "returning" | "stuck"
  problem: string | null
  /** The address at which each step was seen. */
  addresses: (string | undefined)[]
  /** What acts kept, by name. */
  values: Record<string, string>
  /** The share link whose page is beside the product's. */
  beside: string | null
  /** When the form was sent, later by the time in which captions were read. Milliseconds since 1970. */
  sentAt: number | null
  shownAt: number
  figures: Figures
}

/** What a scene begins with. */
export const sceneStart: Omit<Run, "isWhole" | "isPlaying" | "sceneId" | "shownAt" | "figures"> = {
  view: "scene",
  step: 0,
  reached: 0,
  goal: 0,
  phase: "preparing",
  problem: null,
  addresses: [],
  values: {},
  beside: null,
  sentAt: null,
}

export function beginRun(sceneId: string, { isWhole, isPlaying }: Pick<Run, "isWhole" | "isPlaying">): Run {
  const figures = { provenMs: null, acts: {}, refusalsAvoided: 0, entriesVerified: null }
  return { ...sceneStart, isWhole, isPlaying, sceneId, shownAt: 0, figures }
}

/** Adds what is true as of a caption. @param text of what the caption is about */
export function addFigure({ figures, sentAt }: Run, { figure }: Pick<Step, "figure">, text: string): Figures {
  switch (figure) {
    case undefined:
      return figures
    case "refusal-avoided":
      return { ...figures, refusalsAvoided: figures.refusalsAvoided + 1 }
    case "stops-proven":
      return { ...figures, provenMs: figures.provenMs ?? (sentAt === null ? null : Date.now() - sentAt) }
    case "entries-verified":
      return { ...figures, entriesVerified: Number(text.replaceAll(/\D/g, "")) || null }
  }
}

/** What the browser's tab remembers. */
export interface Kept {
  run: Run | null
  /** The bar is one small button. */
  isClosed: boolean
  /** Of the simulated clock. */
  speed: number
}

const place = "peering-desk:demo"

/** Keeps the run in the tab, over reloads. */
export const tabStore = {
  read: () => JSON.parse(sessionStorage.getItem(place) ?? "null") as Kept | null,
  keep: (kept: Kept) => sessionStorage.setItem(place, JSON.stringify(kept)),
}
export type Store = typeof tabStore

/** Returns the step of a scene; throws without one. */
export function getStep({ id, steps }: Scene, index: number): Step {
  const step = steps[index]
  if (step === undefined) throw new Error(`Scene ${id} has no step ${index}`)
  return step
}

/** Milliseconds to read a caption. */
export const computeReadingMs = (text: string) => 2_000 + 450 * text.split(/\s+/).length
