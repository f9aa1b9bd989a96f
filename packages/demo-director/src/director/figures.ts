import type { Figure } from "#scenes/scene.ts"
import type { Figures, Run } from "./run.ts"

/** Counts an act of a person. */
export function addAct(figures: Figures, by: string | null): Figures {
  if (by === null) return figures
  return { ...figures, acts: { ...figures.acts, [by]: (figures.acts[by] ?? 0) + 1 } }
}

/** Adds what is true as of a caption. @param text of what the caption is about */
export function addFigure(run: Run, figure: Figure | undefined, text: string): Figures {
  const { figures, sentAt } = run
  switch (figure) {
    case undefined:
      return figures
    case "refusal-avoided":
      return { ...figures, refusalsAvoided: figures.refusalsAvoided + 1 }
    case "stops-proven":
      return { ...figures, provenMs: figures.provenMs ?? (sentAt === null ? null : Date.now() - sentAt) }
    case "entries-verified": {
      const count = /\d[\d,]*/.exec(text)?.[0].replaceAll(",", "")
      return { ...figures, entriesVerified: count === undefined ? null : Number(count) }
    }
  }
}

/** Formats a time: "1 min 34 s". */
export function formatTime(ms: number): string {
  const seconds = Math.round(ms / 1_000)
  const minutes = Math.floor(seconds / 60)
  return minutes === 0 ? `${seconds} s` : `${minutes} min ${seconds % 60} s`
}
