import type { ApiTokenList, SessionInfo } from "@peering-desk/shared-schemas"
import { useQuery } from "@tanstack/react-query"
import { projectsQuery } from "#api/projects/projects.ts"
import { useCreateToken } from "#api/tokens.ts"
import { Dialog } from "#ui/overlay/Dialog.tsx"
import { CreatedToken } from "./CreatedToken.tsx"
import { NewTokenForm } from "./NewTokenForm.tsx"

/** Creates a token, then shows it once. */
export function NewTokenDialog({
  person,
  limits,
  onClose,
}: {
  person: SessionInfo
  limits: Pick<ApiTokenList, "defaultDays" | "mostDays">
  onClose: () => void
}) {
  const { data: projects } = useQuery(projectsQuery())
  const create = useCreateToken()
  const created = create.data
  if (created === undefined) {
    return (
      <Dialog title="New API token" onClose={() => !create.isPending && onClose()}>
        <NewTokenForm person={person} limits={limits} create={create} onCancel={onClose} />
      </Dialog>
    )
  }
  const ofToken = created.token.projects
  const example = ofToken === "*" ? projects?.[0]?.id : ofToken[0]
  return (
    <Dialog title={`Token ${created.token.name} created`} onClose={onClose}>
      <CreatedToken created={created} exampleProject={example ?? null} onClose={onClose} />
    </Dialog>
  )
}
