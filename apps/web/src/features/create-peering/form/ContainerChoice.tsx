import {
  newContainerMark,
  providerLabels,
  type Container,
  type ProviderName,
} from "@peering-desk/shared-schemas"
import { useQuery } from "@tanstack/react-query"
import { useEffect, useEffectEvent } from "react"
import { useWatch, type UseFormReturn } from "react-hook-form"
import { containersQuery } from "#api/projects/containers.ts"
import { FormRadioCards } from "#forms/FormRadioCards.tsx"
import { RefusalNotice } from "#shared/refusals/RefusalNotice.tsx"
import { Button } from "#ui/Button.tsx"
import { toProblemWords } from "#copy/problems.ts"
import { useCreatePage } from "#features/create-peering/draft/create-page.ts"
import type { FormValues } from "#features/create-peering/draft/form-values.ts"
import { useFieldNotes } from "#features/create-peering/verdict/use-verdict.ts"
import { toContainerCard, toNewContainerCard } from "./ContainerCard.tsx"
import { NewContainerFields } from "./NewContainerFields.tsx"
import styles from "./form.module.css"

/** The choice of the Atlas side: one of the project's containers in this cloud, or a new one. Selects an only container by itself. */
export function ContainerChoice({
  form,
  providerName,
  readOnly,
  onChosen,
}: {
  form: UseFormReturn<FormValues>
  providerName: ProviderName
  readOnly: boolean
  onChosen: ((container: Container) => void) | undefined
}) {
  const { projectId } = useCreatePage().owner
  const query = useQuery({
    ...containersQuery(projectId),
    // Containers of two clouds can have one id, so the id alone identifies none.
    select: (all) => all.filter((container) => container.providerName === providerName),
  })
  const containers = query.data
  const note = useFieldNotes()["containerId"]
  const value = useWatch({ control: form.control, name: "containerId" })
  const chosen = containers?.find(({ id }) => id === value)
  const only = containers?.length === 1 ? containers[0]?.id : undefined
  const settle = useEffectEvent(() => {
    if (containers === undefined || chosen !== undefined || value === newContainerMark) return
    // The container that a draft names may be deleted by now.
    if (value !== (only ?? "")) form.setValue("containerId", only ?? "")
    if (only !== undefined) form.clearErrors("containerId")
  })
  const announceChosen = useEffectEvent(() => {
    if (chosen !== undefined) onChosen?.(chosen)
  })

  useEffect(() => settle(), [containers, value])
  useEffect(() => announceChosen(), [chosen?.id])

  const read = () => void query.refetch()
  return (
    <div className={styles.container}>
      <FormRadioCards
        form={form}
        name="containerId"
        label="Atlas side"
        hint={`The container your network is joined to: Atlas's own network in this project${
          providerName === "GCP" ? "" : ", in one region"
        }`}
        cards={
          containers === undefined
            ? []
            : [...containers.map(toContainerCard), toNewContainerCard(providerName)]
        }
        readOnly={readOnly}
      >
        {query.isPending && <p className={styles.waiting}>Reading the project's containers</p>}
        {query.isError && containers === undefined && (
          <RefusalNotice
            words={toProblemWords(query.error)}
            projectId={projectId}
            actions={
              <Button size="small" onClick={read} aria-disabled={query.isFetching}>
                {query.isFetching ? "Reading…" : "Read the containers again"}
              </Button>
            }
          />
        )}
      </FormRadioCards>
      {containers?.length === 0 && (
        <p className={styles.oneWay}>
          There is no container for {providerLabels[providerName]} in this project yet. Make one here, or{" "}
          {providerName === "GCP"
            ? "let Atlas make it with the project's first dedicated cluster on Google Cloud"
            : "let Atlas make one with the first dedicated cluster of a region"}
          , with a block of its own choice.{" "}
          <Button size="small" onClick={read} aria-disabled={query.isFetching}>
            {query.isFetching ? "Looking…" : "Look again"}
          </Button>
        </p>
      )}
      {note !== undefined && <p className={styles.containerNote}>{note}</p>}
      <NewContainerFields
        form={form}
        providerName={providerName}
        containers={containers ?? []}
        readOnly={readOnly}
      />
    </div>
  )
}
