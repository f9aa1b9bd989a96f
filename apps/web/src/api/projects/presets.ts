import { apiUrls, type KeepPreset, type Preset, type PresetList } from "@peering-desk/shared-schemas"
import { queryOptions } from "@tanstack/react-query"
import { hasFields } from "#api/answer.ts"
import { useChange, useRemoval } from "#api/change.ts"
import { readFieldOf } from "#api/reads.ts"

const isPreset = hasFields<Preset>("id")
const presetsKey = (projectId: string) => ["presets", projectId]

/** Reads the half-filled forms that a team keeps for its project. */
export function presetsQuery(projectId: string) {
  return queryOptions({
    queryKey: presetsKey(projectId),
    queryFn: readFieldOf<PresetList, "presets">(apiUrls.presets(projectId), "presets"),
  })
}

/** Keeps a preset; it replaces one of the same name. */
export function useKeepPreset(projectId: string) {
  return useChange(
    (body: KeepPreset) => ({ url: apiUrls.presets(projectId), isAnswer: isPreset, method: "POST", body }),
    { stale: [presetsKey(projectId)] },
  )
}

export function useDeletePreset(projectId: string) {
  return useRemoval((id) => apiUrls.preset(projectId, id), [presetsKey(projectId)])
}
