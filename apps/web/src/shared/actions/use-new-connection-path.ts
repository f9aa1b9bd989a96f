import { useRoute } from "wouter"
import { pagePaths } from "#shared/page-paths.ts"

/** Returns the address of the form: of the project whose page is shown, or else the one that asks for the project. */
export function useNewConnectionPath(): string {
  const [, params] = useRoute("/projects/:projectId/*?")
  return params?.projectId === undefined
    ? pagePaths.newConnectionAnywhere()
    : pagePaths.newConnection(params.projectId)
}
