import { apiUrls, type ChangeProjectSetting, type ProjectSetting } from "@peering-desk/shared-schemas"
import { queryOptions, useMutation } from "@tanstack/react-query"
import { hasFields, isHeld, orHeld } from "#api/answer.ts"
import { sendJson } from "#api/http.ts"
import { readOf } from "#api/reads.ts"
import { clustersQuery } from "./clusters.ts"

const isSetting = hasFields<ProjectSetting>("enabled")

/** Reads peering-only mode of a project, or custom DNS of its clusters on AWS. */
export function projectSettingQuery(name: "privateIpMode" | "customDns", projectId: string) {
  return queryOptions({ queryKey: [name, projectId], queryFn: readOf(apiUrls[name](projectId), isSetting) })
}

/** Switches such a setting, which the server allows administrators only. Connection strings come or go with it. */
export function useChangeProjectSetting(...setting: Parameters<typeof projectSettingQuery>) {
  const [name, projectId] = setting
  const { queryKey } = projectSettingQuery(...setting)
  return useMutation({
    mutationFn: (body: ChangeProjectSetting) =>
      sendJson({ url: apiUrls[name](projectId), isAnswer: orHeld(isSetting), method: "PATCH", body }),
    onSuccess: (answer, _body, _before, { client }) => {
      if (isHeld(answer)) return
      client.setQueryData(queryKey, answer)
      return client.invalidateQueries({ queryKey: clustersQuery(projectId).queryKey })
    },
    onError: (_error, _body, _before, { client }) => client.invalidateQueries({ queryKey }),
  })
}
