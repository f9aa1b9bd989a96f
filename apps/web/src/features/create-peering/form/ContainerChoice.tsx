import { isNewContainerPossible } from "@peering-desk/peering-rules"
import {
  newContainerMark,
  providerLabels,
  readContainerRegion,
  type Container,
  type ProviderName,
} from "@peering-desk/shared-schemas"
import { useQuery } from "@tanstack/react-query"
import { useContext, useEffect, useEffectEvent, useMemo, useState } from "react"
import { useWatch, type UseFormReturn } from "react-hook-form"
import { containersQuery } from "#api/projects/containers.ts"
import { FormRadioCards } from "#forms/FormRadioCards.tsx"
import { formatCount } from "#copy/counts.ts"
import { NoteWords } from "#ui/fields/TextField.tsx"
import { RefusalNotice } from "#shared/refusals/RefusalNotice.tsx"
import { Button } from "#ui/Button.tsx"
import { toProblemWords } from "#copy/problems.ts"
import { useCreatePage } from "#features/create-peering/draft/create-page.ts"
import type { FormValues } from "#features/create-peering/draft/form-values.ts"
import type { ChosenFields } from "#features/create-peering/prefill/use-prefill.ts"
import { useFieldNotes, VerdictContext } from "#features/create-peering/verdict/use-verdict.ts"
import { toContainerCard, toNewContainerCard } from "./ContainerCard.tsx"
import { NewContainerFields } from "./NewContainerFields.tsx"
import { useContainerSuggestion } from "./use-container-suggestion.ts"
import styles from "./form.module.css"

/** The choice of the Atlas side: one of the project's containers in this cloud, or a new one. The one that fits is suggested. */
export function ContainerChoice({
  form,
  providerName,
  readOnly,
  chosen,
  onChosen,
}: {
  form: UseFormReturn<FormValues>
  providerName: ProviderName
  readOnly: boolean
  chosen: ChosenFields
  /** Called when the person chooses a container. */
  onChosen: ((container: Container) => void) | undefined
}) {
  const { projectId } = useCreatePage().owner
  const query = useQuery(containersQuery(projectId))
  // Containers of two clouds can have one id, so the id alone identifies none.
  const all = useMemo(
    () => query.data?.filter((container) => container.providerName === providerName),
    [query.data, providerName],
  )
  const live = useContext(VerdictContext)
  const peers = live?.snapshot?.here.peers ?? []
  // All at once: a suggestion that came later would move the fields below.
  const isReady = live !== null && (live.snapshot !== null || live.error !== null)
  const containers = isReady ? all : undefined
  const suggestion = useContainerSuggestion(form, containers, chosen)
  const note = useFieldNotes()["containerId"]
  const value = useWatch({ control: form.control, name: "containerId" })
  const [showsAll, setShowsAll] = useState(false)
  const picked = containers?.find(({ id }) => id === value)
  const follow = useEffectEvent(() => {
    if (picked !== undefined && chosen.has("containerId")) onChosen?.(picked)
  })
  useEffect(() => follow(), [picked?.id])

  const read = () => void query.refetch()
  const suggestedId = suggestion.existing?.containerId
  const first = containers?.find(({ id }) => id === suggestedId)
  const others = containers?.filter((one) => one !== first) ?? []
  // With a suggestion, the others are one press away.
  const canBeNew = containers !== undefined && isNewContainerPossible(providerName, containers)
  const folded = others.length + (canBeNew && !suggestion.isNew ? 1 : 0)
  const isFolded =
    !showsAll &&
    // What a person chose among stays in sight.
    !chosen.has("containerId") &&
    folded > 1 &&
    (first !== undefined || suggestion.isNew) &&
    others.every((one) => one !== picked) &&
    (suggestion.isNew || value !== newContainerMark)
  const toCard = (one: Container) =>
    toContainerCard(one, one === first ? (suggestion.existing?.reason ?? null) : null, peers, projectId)
  const newCard = toNewContainerCard(
    suggestion.isNew,
    "Created together with the connection",
    <NewContainerFields
      form={form}
      providerName={providerName}
      containers={containers ?? []}
      readOnly={readOnly}
      suggested={suggestion.forNew}
      chosen={chosen}
    />,
  )
  const cards =
    containers === undefined
      ? []
      : [
          ...(first === undefined ? [] : [toCard(first)]),
          ...(suggestion.isNew ? [newCard] : []),
          ...(isFolded ? [] : others.map(toCard)),
          ...(canBeNew && !suggestion.isNew && !isFolded ? [newCard] : []),
        ]
  return (
    <div className={`stack gap-10 ${styles.container}`}>
      <FormRadioCards
        form={form}
        name="containerId"
        label="Atlas side"
        hint={
          providerName === "GCP"
            ? "One container serves every region of the project"
            : "A connection reaches clusters in the container's region only"
        }
        isTitled={false}
        cards={cards}
        readOnly={readOnly}
      >
        {containers === undefined && !query.isError && (
          <p data-containers className={styles.waiting}>
            Reading the project's containers
          </p>
        )}
        {query.isError && all === undefined && (
          <RefusalNotice
            words={toProblemWords(query.error)}
            projectId={projectId}
            actions={
              <Button size="small" onClick={read} isBusy={query.isFetching}>
                {query.isFetching ? "Reading…" : "Refresh the containers"}
              </Button>
            }
          />
        )}
      </FormRadioCards>
      {isFolded && (
        <p>
          <Button size="small" aria-expanded={false} onClick={() => setShowsAll(true)}>
            {formatCount(others.length, "other container")}
            {canBeNew && !suggestion.isNew && ", or a new one"}
          </Button>
        </p>
      )}
      {containers?.length === 0 && (
        <p className={styles.quiet}>
          This project has no {providerLabels[providerName]} container yet. Create one here, or create a
          dedicated cluster in Atlas and press{" "}
          <Button size="small" onClick={read} isBusy={query.isFetching}>
            {query.isFetching ? "Refreshing…" : "Refresh"}
          </Button>
        </p>
      )}
      {note !== undefined && value !== newContainerMark && (
        <p className={note.tone === "failed" ? styles.wrong : styles.warning}>
          <NoteWords note={note} />
        </p>
      )}
    </div>
  )
}

/** Says in a few words what the choice is about. */
export function AtlasSideLead({
  form,
  providerName,
}: {
  form: UseFormReturn<FormValues>
  providerName: ProviderName
}) {
  const region = useWatch({ control: form.control, name: "region" })
  const containerId = useWatch({ control: form.control, name: "containerId" })
  const { projectId } = useCreatePage().owner
  const { data } = useQuery(containersQuery(projectId))
  const isThere = data?.some(
    (one) => one.providerName === providerName && readContainerRegion(one) === region,
  )
  return containerId === newContainerMark && region !== "" && providerName !== "GCP" && isThere === false
    ? `No container in ${region} yet`
    : "The container your network connects to"
}
