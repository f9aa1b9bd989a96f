import { zodResolver } from "@hookform/resolvers/zod"
import { GcpPeeringRequest } from "@peering-desk/shared-schemas"
import { useWatch } from "react-hook-form"
import { FormTextField } from "#forms/FormTextField.tsx"
import { ContainerChoice } from "./ContainerChoice.tsx"
import { PeeringFormFrame } from "./PeeringFormFrame.tsx"
import { toOddName } from "./odd-name.ts"
import { usePeeringForm } from "./use-peering-form.ts"
import type { ReasonForm } from "./use-reason-form.ts"
import styles from "./create-peering.module.css"

const empty: GcpPeeringRequest = {
  providerName: "GCP",
  gcpProjectId: "",
  networkName: "",
  containerId: "",
}

const resolver = zodResolver(GcpPeeringRequest)

/** A connection to a VPC network on Google Cloud. */
export function GcpForm({
  projectId,
  reasonForm,
  onSending,
}: {
  projectId: string
  reasonForm: ReasonForm
  onSending: (sending: boolean) => void
}) {
  const peeringForm = usePeeringForm(projectId, empty, resolver, reasonForm)
  const { form, sending } = peeringForm
  const [gcpProjectId, networkName] = useWatch({
    control: form.control,
    name: ["gcpProjectId", "networkName"],
  })
  return (
    <PeeringFormFrame {...{ projectId, empty, peeringForm, onSending }}>
      <div className={styles.fields}>
        <FormTextField
          form={form}
          name="gcpProjectId"
          label="Google Cloud project ID"
          hint="Your project's ID, not its name or number"
          note={toOddName(gcpProjectId)}
          mono
          readOnly={sending}
        />
        <FormTextField
          form={form}
          name="networkName"
          label="VPC network name"
          hint="Your network's name, not its link"
          note={toOddName(networkName)}
          mono
          readOnly={sending}
        />
      </div>
      <ContainerChoice
        form={form}
        name="containerId"
        providerName="GCP"
        projectId={projectId}
        readOnly={sending}
      />
    </PeeringFormFrame>
  )
}
