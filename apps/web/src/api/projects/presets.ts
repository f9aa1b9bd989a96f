import { apiUrls, type KeepPreset, type Preset, type PresetList } from "@peering-desk/shared-schemas"
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query"
import { hasFields } from "#api/answer.ts"
import { readJson, sendJson } from "#api/http.ts"

const isPresetList = hasFields<PresetList>("presets")
const isPreset = hasFields<Preset>("id")
const isAnything = (_body: unknown): _body is unknown => true

const presetsKey = (projectId: string) => ["presets", projectId]

/** Reads the half-filled forms that a team keeps for its project. */
export function presetsQuery(projectId: string) {
  return queryOptions({
    queryKey: presetsKey(projectId),
    queryFn: async ({ signal }) => {
      const { presets } = await readJson({ url: apiUrls.presets(projectId), isAnswer: isPresetList, signal })
      return presets
    },
  })
}

/** Keeps a preset; it replaces one of the same name. */
export function useKeepPreset(projectId: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: KeepPreset) =>
      sendJson({ url: apiUrls.presets(projectId), isAnswer: isPreset, method: "POST", body }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: presetsKey(projectId) }),
  })
}

export function useDeletePreset(projectId: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (id: string) =>
      sendJson({ url: apiUrls.preset(projectId, id), isAnswer: isAnything, method: "DELETE" }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: presetsKey(projectId) }),
  })
}
