import type { Container, PeeringDraft } from "@peering-desk/shared-schemas"
import { useQuery } from "@tanstack/react-query"
import { useState } from "react"
import { containersQuery } from "#api/projects/containers.ts"
import { ExportCode } from "#shared/ExportCode.tsx"
import { Disclosure } from "#ui/Disclosure.tsx"

/** Shows the draft as code, for teams that keep their peerings in another tool. */
export function DraftCode({ projectId, draft }: { projectId: string; draft: PeeringDraft }) {
  const [isOpen, setIsOpen] = useState(false)
  const { providerName, request } = draft
  const { data: containers } = useQuery(containersQuery(projectId))
  const isChosen = (one: Container) => one.id === request["containerId"] && one.providerName === providerName
  const container = containers?.find(isChosen) ?? null
  return (
    <Disclosure
      title="As code"
      aside="Terraform, curl, Atlas CLI and others"
      open={isOpen}
      onToggle={setIsOpen}
    >
      <ExportCode subject={{ projectId, draft, container, peerId: null }} />
    </Disclosure>
  )
}
