import { apiUrls, type Inventory, type InventoryProject } from "@peering-desk/shared-schemas"
import { answer, mockBff } from "#mock-bff/mock-bff.ts"
import { openApp } from "#mock-bff/open-app.tsx"
import { pagePaths } from "#shared/page-paths.ts"

/** Opens the list of all projects with these projects. */
export function openList(
  projectList: InventoryProject[],
  { search = "", timesInState = [] }: { search?: string; timesInState?: Inventory["timesInState"] } = {},
) {
  mockBff.use(answer(apiUrls.inventory(), { projects: projectList, timesInState } satisfies Inventory))
  return openApp(`${pagePaths.allConnections()}${search}`)
}

/** Finds the rows by their elements: to ask each of hundreds for its role takes a second. */
export function listRows(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('table[aria-label^="Connections"] > tbody > tr')]
}
