import { apiUrls, type Inventory, type InventoryProject } from "@peering-desk/shared-schemas"
import { answer, mockBff } from "#mock-bff/mock-bff.ts"
import { openApp } from "#mock-bff/open-app.tsx"
import { pagePaths } from "#shared/page-paths.ts"

/** Opens the page with these projects. */
export function openInventory(
  projectList: InventoryProject[],
  { search = "", timesInState = [] }: { search?: string; timesInState?: Inventory["timesInState"] } = {},
) {
  mockBff.use(answer(apiUrls.inventory(), { projects: projectList, timesInState } satisfies Inventory))
  return openApp(`${pagePaths.allConnections()}${search}`)
}
