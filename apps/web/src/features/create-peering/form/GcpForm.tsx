import { useWatch } from "react-hook-form"
import { ContainerChoice } from "./ContainerChoice.tsx"
import { ConnectionField } from "./ConnectionField.tsx"
import type { GcpValues } from "./connection-values.ts"
import type { DraftOwner } from "#features/create-peering/prefill/draft-storage.ts"
import { PeeringFormFrame } from "./PeeringFormFrame.tsx"
import { toOddName } from "./odd-name.ts"
import { usePeeringForm } from "./use-peering-form.ts"
import type { ReasonForm } from "./use-reason-form.ts"
import styles from "#features/create-peering/create-peering.module.css"

const empty: GcpValues = {
  providerName: "GCP",
  gcpProjectId: "",
  networkName: "",
  networkBlocks: "",
  containerId: "",
  atlasCidrBlock: "",
  region: "",
}

/** A connection to a VPC network on Google Cloud. */
export function GcpForm({
  owner,
  reasonForm,
  onSending,
}: {
  owner: DraftOwner
  reasonForm: ReasonForm
  onSending: (sending: boolean) => void
}) {
  const peeringForm = usePeeringForm(owner, empty, reasonForm)
  const { form, sending } = peeringForm
  const [gcpProjectId, networkName] = useWatch({
    control: form.control,
    name: ["gcpProjectId", "networkName"],
  })
  return (
    <PeeringFormFrame {...{ empty, peeringForm, onSending }}>
      <div className={styles.fields}>
        <ConnectionField
          form={form}
          name="gcpProjectId"
          label="Google Cloud project ID"
          hint="Your project's ID, not its name or number"
          note={toOddName(gcpProjectId)}
          mono
          readOnly={sending}
        />
        <ConnectionField
          form={form}
          name="networkName"
          label="VPC network name"
          hint="Your network's name, not its link"
          note={toOddName(networkName)}
          mono
          readOnly={sending}
        />
        <ConnectionField
          form={form}
          name="networkBlocks"
          label="Subnet ranges"
          hint="Optional, not sent: the addresses of the network, with commas between"
          mono
          readOnly={sending}
        />
      </div>
      <ContainerChoice
        form={form}
        name="containerId"
        providerName="GCP"
        projectId={owner.projectId}
        readOnly={sending}
      />
    </PeeringFormFrame>
  )
}
