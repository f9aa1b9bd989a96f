import { buildCheckCommand, type RunbookStep } from "@peering-desk/peering-rules"
import { providerLabels } from "@peering-desk/shared-schemas"
import { useConnectionPage } from "#features/connection/connection-page.ts"
import { CopyBlock } from "#ui/CopyBlock.tsx"

/** Shows the command that reads from the cloud if a step is done. */
export function CheckCommand({ of: { title } }: { of: RunbookStep }) {
  const { peering, container } = useConnectionPage()
  const command = buildCheckCommand(peering.peer, container)
  return (
    command !== null && (
      <CopyBlock
        label={`Verify in ${providerLabels[peering.peer.providerName]}`}
        about={`${title}, to verify`}
        text={command}
      />
    )
  )
}
