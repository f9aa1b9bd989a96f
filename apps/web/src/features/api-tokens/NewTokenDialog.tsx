import type { ApiTokenList, CreatedApiToken, SessionInfo } from "@peering-desk/shared-schemas"
import { useQuery } from "@tanstack/react-query"
import { useState } from "react"
import { projectsQuery } from "#api/projects/projects.ts"
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
  const [created, setCreated] = useState<CreatedApiToken | null>(null)
  const [isSending, setIsSending] = useState(false)
  if (created === null) {
    return (
      <Dialog title="New API token" onClose={() => !isSending && onClose()}>
        <NewTokenForm
          person={person}
          limits={limits}
          onSending={setIsSending}
          onCancel={onClose}
          onCreated={setCreated}
        />
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
