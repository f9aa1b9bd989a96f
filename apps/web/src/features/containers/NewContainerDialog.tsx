import { isNewContainerPossible } from "@peering-desk/peering-rules"
import {
  providerLabels,
  providerNames,
  type Container,
  type ProviderName,
} from "@peering-desk/shared-schemas"
import { useEffect, useRef, useState } from "react"
import { nameContainer } from "#copy/containers.ts"
import { FormBusy } from "#ui/fields/form-busy.ts"
import { RadioCards, type RadioCard } from "#ui/fields/RadioCards.tsx"
import { Dialog } from "#ui/overlay/Dialog.tsx"
import type { Created } from "./CreatedNotice.tsx"
import { NewContainerForm } from "./NewContainerForm.tsx"
import styles from "./containers.module.css"

const limits: Record<ProviderName, string> = {
  AWS: "One per region, /21 to /24",
  GCP: "One per project: /18 or larger for all regions, /21 to /24 for up to 8",
  AZURE: "One per region, /21 to /24",
}

/** The choice of a cloud and the form of a new container there. Google Cloud is offered once per project. */
export function NewContainerDialog({
  projectId,
  containers,
  onClose,
  onCreated,
}: {
  projectId: string
  containers: readonly Container[]
  onClose: () => void
  onCreated: (created: Created) => void
}) {
  const [providerName, setProviderName] = useState<ProviderName>("AWS")
  const [isSending, setIsSending] = useState(false)
  const [typed, setTyped] = useState({})
  const first = useRef<HTMLElement>(null)
  const possible = providerNames.filter((name) => isNewContainerPossible(name, containers))
  const taken = containers.find((container) => !possible.includes(container.providerName))

  useEffect(() => first.current?.focus(), [])

  return (
    <Dialog title="New container" onClose={() => !isSending && onClose()}>
      <div className="stack">
        <FormBusy value={isSending}>
          <RadioCards
            ref={first}
            label="Cloud"
            hint="Must be the same cloud as your network"
            cards={possible.map(toCard)}
            value={providerName}
            onChange={(value) => setProviderName(possible.find((name) => name === value) ?? "AWS")}
          />
        </FormBusy>
        {taken !== undefined && (
          <p className={`quiet text-13 lines-18 ${styles.fine}`}>
            {providerLabels[taken.providerName]} allows one container per project: {nameContainer(taken)}.
          </p>
        )}
        <NewContainerForm
          // Another cloud has other fields.
          key={providerName}
          projectId={projectId}
          providerName={providerName}
          containers={containers}
          typed={typed}
          onType={setTyped}
          onSending={setIsSending}
          onCancel={onClose}
          onCreated={onCreated}
        />
      </div>
    </Dialog>
  )
}

function toCard(providerName: ProviderName): RadioCard {
  return { value: providerName, title: providerLabels[providerName], detail: limits[providerName] }
}
