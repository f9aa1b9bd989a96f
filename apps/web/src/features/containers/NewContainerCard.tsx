import { findContainerInPlace } from "@peering-desk/peering-rules"
import {
  providerLabels,
  providerNames,
  type Container,
  type ProviderName,
} from "@peering-desk/shared-schemas"
import { useEffect, useRef, useState } from "react"
import { Card } from "#ui/Card.tsx"
import { RadioCards, type RadioCard } from "#ui/fields/RadioCards.tsx"
import { nameContainer } from "#copy/containers.ts"
import type { Created } from "./CreatedNotice.tsx"
import { NewContainerForm } from "./NewContainerForm.tsx"
import styles from "./containers.module.css"

const limits: Record<ProviderName, string> = {
  AWS: "One container in each region, /21 to /24",
  GCP: "One container in the project: /18 or larger for every region, /21 to /24 for up to 8 of them",
  AZURE: "One container in each region, /21 to /24",
}

/** The choice of a cloud and the form of a new container there. Takes the focus when it opens. */
export function NewContainerCard({
  projectId,
  containers,
  onCancel,
  onCreated,
}: {
  projectId: string
  containers: readonly Container[]
  onCancel: () => void
  onCreated: (created: Created) => void
}) {
  const [providerName, setProviderName] = useState<ProviderName>("AWS")
  const [isSending, setIsSending] = useState(false)
  const first = useRef<HTMLElement>(null)
  const twin = providerName === "GCP" ? findContainerInPlace(containers, "GCP", null) : null

  useEffect(() => first.current?.focus(), [])

  return (
    <Card title="New container">
      <div className={styles.form}>
        <RadioCards
          ref={first}
          label="Cloud"
          hint="Of your network: a connection joins two networks of one cloud"
          cards={providerNames.map(toCard)}
          value={providerName}
          readOnly={isSending}
          error={
            twin === null
              ? undefined
              : `Google Cloud has its container already: ${nameContainer(twin)}. Atlas has one in a project`
          }
          onChange={(value) => setProviderName(providerNames.find((name) => name === value) ?? "AWS")}
        />
        <NewContainerForm
          // Another cloud has other fields.
          key={providerName}
          projectId={projectId}
          providerName={providerName}
          containers={containers}
          isTaken={twin !== null}
          onSending={setIsSending}
          onCancel={onCancel}
          onCreated={onCreated}
        />
      </div>
    </Card>
  )
}

function toCard(providerName: ProviderName): RadioCard {
  return { value: providerName, title: providerLabels[providerName], detail: limits[providerName] }
}
