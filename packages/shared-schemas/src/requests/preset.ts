import * as z from "zod/mini"
import { lineOfText } from "#values/line-of-text.ts"
import { PeeringDraft } from "./preflight.ts"

/** A half-filled form that a team keeps for its project. It holds no secret, and nothing that only one connection has. */
export const Preset = z.object({
  id: z.string(),
  name: z.string(),
  draft: PeeringDraft,
  /** Its creator and time (ISO 8601). */
  by: z.string(),
  at: z.string(),
})
export type Preset = z.infer<typeof Preset>

export const PresetList = z.object({ presets: z.array(Preset) })
export type PresetList = z.infer<typeof PresetList>

/** The body of `POST /api/projects/{projectId}/presets`; one of the same name is replaced. */
export const KeepPreset = z.strictObject({
  name: lineOfText(60, "Enter a name"),
  draft: PeeringDraft,
  /** The `at` of the preset of this name that was seen, null for none: one that was saved since is kept. Replaces any when left out. */
  replaces: z.optional(z.nullable(z.string())),
})
export type KeepPreset = z.infer<typeof KeepPreset>
