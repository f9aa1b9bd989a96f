import type { Container, PeeringDraft } from "@peering-desk/shared-schemas"
import { useQuery } from "@tanstack/react-query"
import { containersQuery } from "#api/projects/containers.ts"
import { ExportCode } from "#shared/ExportCode.tsx"

/** Shows the draft as code, for teams that keep their peerings in another tool. */
export function DraftCode({ projectId, draft }: { projectId: string; draft: PeeringDraft }) {
  const { providerName, request } = draft
  const { data: containers } = useQuery(containersQuery(projectId))
  const isChosen = (one: Container) => one.id === request["containerId"] && one.providerName === providerName
  const container = containers?.find(isChosen) ?? null
  return (
    <section aria-label="Connection as code">
      <ExportCode subject={{ projectId, draft, container, peerId: null }} />
    </section>
  )
}
