import { newContainerMark, providerLabels, type Container } from "@peering-desk/shared-schemas"
import { useQuery } from "@tanstack/react-query"
import { useContext, useEffect, useEffectEvent } from "react"
import { useWatch, type Path, type PathValue, type UseFormReturn } from "react-hook-form"
import { containersQuery } from "#api/projects/containers.ts"
import { FormRadioCards } from "#forms/FormRadioCards.tsx"
import { RefusalNotice } from "#shared/refusals/RefusalNotice.tsx"
import { Button } from "#ui/Button.tsx"
import { toProblemWords } from "#copy/problems.ts"
import type { ConnectionValues } from "./connection-values.ts"
import { toContainerCard, toNewContainerCard } from "./ContainerCard.tsx"
import { FieldNotesContext } from "./field-notes.ts"
import { NewContainerFields } from "./NewContainerFields.tsx"
import styles from "#features/create-peering/create-peering.module.css"

/**
 * The Atlas side of the connection: one of the project's containers in this cloud, or a new one. The only one there is is chosen
 * already.
 */
export function ContainerChoice<Values extends ConnectionValues>({
  form,
  name,
  projectId,
  providerName,
  readOnly,
  onChosen,
}: {
  form: UseFormReturn<Values>
  /** The form's `containerId`. */
  name: Path<Values>
  projectId: string
  providerName: Values["providerName"]
  readOnly: boolean
  onChosen?: (container: Container) => void
}) {
  const query = useQuery({
    ...containersQuery(projectId),
    // The seeded example project has one container of each cloud under one id: the cloud is part of the name.
    select: (all) => all.filter((container) => container.providerName === providerName),
  })
  const containers = query.data
  const note = useContext(FieldNotesContext)["containerId"]
  const value = String(useWatch({ control: form.control, name }))
  const chosen = containers?.find(({ id }) => id === value)
  const only = containers?.length === 1 ? containers[0]?.id : undefined
  const chooseFor = (id: string) => form.setValue(name, id as PathValue<Values, Path<Values>>)
  const settle = useEffectEvent(() => {
    if (containers === undefined || chosen !== undefined || value === newContainerMark) return
    // What was chosen before a reload may be gone.
    if (value !== (only ?? "")) chooseFor(only ?? "")
    if (only !== undefined) form.clearErrors(name)
  })
  const tellChosen = useEffectEvent(() => {
    if (chosen !== undefined) onChosen?.(chosen)
  })

  useEffect(() => settle(), [containers, value])
  useEffect(() => tellChosen(), [chosen?.id])

  return (
    <div className={styles.container}>
      <FormRadioCards
        form={form}
        name={name}
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
              <Button size="small" onClick={() => void query.refetch()} aria-disabled={query.isFetching}>
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
          <Button size="small" onClick={() => void query.refetch()} aria-disabled={query.isFetching}>
            {query.isFetching ? "Looking…" : "Look again"}
          </Button>
        </p>
      )}
      {note !== undefined && <p className={styles.containerNote}>{note}</p>}
      <NewContainerFields {...{ form, projectId, providerName, readOnly }} containers={containers ?? []} />
    </div>
  )
}
