import type { LinkShape } from "#ui/marks/link-shape.ts"

type StrokeTone = "works" | "you" | "atlas" | "failed" | "idle" | "closing"

/** A part of the large link. Places run from 0, your network, to 1, Atlas. */
export type Stroke = { tone: StrokeTone } & (
  | { kind: "line"; from: number; to: number; style?: "dots" | "dashes" | "sparse" }
  | { kind: "ring"; at: 0 | 1; isBroken?: boolean }
  | { kind: "dot"; at: 0 | 1 }
  | { kind: "cross" | "bar" | "question"; at: number }
)

const ring = (at: 0 | 1, tone: StrokeTone): Stroke => ({ kind: "ring", at, tone })
const dot = (at: 0 | 1, tone: StrokeTone): Stroke => ({ kind: "dot", at, tone })
const line = (from: number, to: number, tone: StrokeTone, style?: "dots" | "dashes" | "sparse"): Stroke => ({
  kind: "line",
  from,
  to,
  tone,
  ...(style && { style }),
})

/**
 * Lists what each shape is drawn of, ends last so that they cover the lines.
 * @param gap half of a gap in the middle, and the way from a cross at an end to its line, as a part of the length
 */
export function buildStrokes(shape: LinkShape, gap: number): Stroke[] {
  const brokenAt = 0.16
  switch (shape) {
    case "requesting":
      return [
        line(0.05, 0.36, "idle", "dots"),
        line(0.4, 1, "atlas", "dashes"),
        ring(0, "idle"),
        dot(1, "atlas"),
      ]
    case "waiting":
      return [
        line(0.05, 0.52, "you", "dots"),
        line(0.56, 1, "works"),
        { kind: "bar", at: 0.56, tone: "works" },
        ring(0, "you"),
        dot(1, "works"),
      ]
    case "finalizing":
      return [line(0, 1, "atlas", "dashes"), dot(0, "atlas"), dot(1, "atlas")]
    case "available":
      return [line(0, 1, "works"), dot(0, "works"), dot(1, "works")]
    case "failed-yours":
    case "not-found":
      return [
        line(brokenAt + gap, 1, "idle"),
        { kind: "cross", at: brokenAt, tone: "failed" },
        { ...ring(0, "failed"), ...(shape === "not-found" && { isBroken: true }) } as Stroke,
        ring(1, "idle"),
      ]
    case "failed-atlas":
      return [
        line(0, 1 - brokenAt - gap, "idle"),
        { kind: "cross", at: 1 - brokenAt, tone: "failed" },
        ring(0, "idle"),
        ring(1, "failed"),
      ]
    case "failed-between":
      return [
        line(0, 0.5 - gap, "idle"),
        line(0.5 + gap, 1, "idle"),
        { kind: "cross", at: 0.5, tone: "failed" },
        ring(0, "failed"),
        ring(1, "failed"),
      ]
    case "deleting":
      return [line(0, 1, "closing", "dashes"), ring(0, "closing"), dot(1, "closing")]
    case "deleted":
      return [line(0, 1, "closing", "sparse"), ring(0, "closing"), ring(1, "closing")]
    case "unknown":
      return [
        line(0, 0.5 - gap, "idle"),
        line(0.5 + gap, 1, "idle"),
        { kind: "question", at: 0.5, tone: "closing" },
        ring(0, "idle"),
        ring(1, "idle"),
      ]
  }
}
