import { apiUrls, type BlastRadius } from "@peering-desk/shared-schemas"
import { screen } from "@testing-library/react"
import { pagePaths } from "#shared/page-paths.ts"
import { answer, listOf, mockBff } from "./mock-bff.ts"
import { openApp } from "./open-app.tsx"
import { makePeering, projectId } from "./samples.ts"

/** Opens the page of a connection, the only one of its project. */
export async function openConnection(peering = makePeering("AWS")) {
  mockBff.use(listOf([peering]))
  const app = openApp(pagePaths.connection(projectId, peering.id))
  await screen.findByRole("region", { name: "Path" })
  return app
}

/** Lists the buttons of the open stops on the page of a connection. */
export const openRows = () =>
  screen.queryAllByRole("button", { expanded: true }).filter((button) => button.id.startsWith("stop-"))

/** Answers what the deletion of a connection takes with it: by default nothing. */
export function answerBlastRadius(id: string, confirmBy: string, more: Partial<BlastRadius> = {}) {
  return answer(apiUrls.blastRadius(projectId, id), {
    confirmBy,
    lastAwsConnection: false,
    securityGroups: [],
    container: null,
    containerLeftWithoutPeers: false,
    sharing: [],
    recreateBy: null,
    ...more,
  } satisfies BlastRadius)
}
