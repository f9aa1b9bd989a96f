import type { InventoryProject, TimeInState } from "@peering-desk/shared-schemas"
import { answerAll } from "#mock-bff/all-connections.ts"
import { mockBff } from "#mock-bff/mock-bff.ts"
import { openApp } from "#mock-bff/open-app.tsx"
import { pagePaths } from "#shared/page-paths.ts"

/** Opens the list of all projects with these projects. */
export function openList(
  projectList: InventoryProject[],
  { search = "", timesInState = [] }: { search?: string; timesInState?: TimeInState[] } = {},
) {
  mockBff.use(...answerAll(() => projectList, timesInState))
  return openApp(`${pagePaths.allConnections()}${search}`)
}

/** Finds the rows by their elements: to ask each of hundreds for its role takes a second. */
export function listRows(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('table[aria-label^="Connections"] > tbody > tr')]
}
