import { isNewContainerPossible } from "@peering-desk/peering-rules"
import {
  newContainerMark,
  providerLabels,
  readContainerRegion,
  type Container,
  type ProviderName,
} from "@peering-desk/shared-schemas"
import { useQuery, type UseQueryResult } from "@tanstack/react-query"
import { useEffect, useEffectEvent, useMemo, useState } from "react"
import { useWatch } from "react-hook-form"
import { containersQuery } from "#api/projects/containers.ts"
import { FormRadioCards } from "#forms/FormRadioCards.tsx"
import { formatCount } from "#copy/counts.ts"
import { NoteWords, type FieldNote } from "#ui/fields/TextField.tsx"
import { RefusalNotice } from "#shared/refusals/RefusalNotice.tsx"
import { Button } from "#ui/Button.tsx"
import { toProblemWords } from "#copy/problems.ts"
import { useCreatePage } from "#features/create-peering/draft/create-page.ts"
import type { ChosenFields } from "#features/create-peering/prefill/use-prefill.ts"
import { useFieldNotes } from "#features/create-peering/verdict/use-field-notes.ts"
import { useCloudFormContext } from "./cloud-form-context.ts"
import { toContainerCard, toNewContainerCard } from "./ContainerCard.tsx"
import { NewContainerFields } from "./NewContainerFields.tsx"
import { useContainerSuggestion, type Suggestion } from "./use-container-suggestion.ts"
import styles from "./form.module.css"

/** A container to choose, or the mark of a new one. */
type Choice = Container | typeof newContainerMark

const regionHint = "A connection reaches clusters in the container's region only"
const hints: Record<ProviderName, string> = {
  AWS: regionHint,
  AZURE: regionHint,
  GCP: "One container serves every region of the project",
}

/** The choice of the Atlas side: one of the project's containers in this cloud, or a new one. The one that fits is suggested. */
export function ContainerChoice({
  onChosen,
}: {
  /** Called when the person chooses a container. */
  onChosen: ((container: Container) => void) | undefined
}) {
  const { form, providerName, prefill } = useCloudFormContext()
  const chosen = prefill.chosenFields
  const { projectId } = useCreatePage().owner
  const { query, containers, peers } = useContainers(projectId, providerName)
  const suggestion = useContainerSuggestion(containers)
  const note = useFieldNotes()["containerId"]
  const value = useWatch({ control: form.control, name: "containerId" })
  const { suggested, others } = listChoices(providerName, containers, suggestion)
  const { shown, folded, unfold } = useFolding(suggested, others, value, chosen)
  const picked = containers?.find(({ id }) => id === value)
  const follow = useEffectEvent(() => {
    if (picked !== undefined && chosen.has("containerId")) onChosen?.(picked)
  })
  useEffect(() => follow(), [picked?.id])

  const newCard = toNewContainerCard(
    suggestion.isNew,
    <NewContainerFields containers={containers ?? []} suggested={suggestion.forNew} />,
  )
  const toCard = (one: Choice) => {
    if (one === newContainerMark) return newCard
    const reason = suggested.includes(one) ? suggestion.existing?.reason : null
    return toContainerCard(one, reason ?? null, peers, projectId)
  }
  return (
    <div className={`stack gap-10 ${styles.container}`}>
      <FormRadioCards
        form={form}
        name="containerId"
        label="Atlas side"
        hint={hints[providerName]}
        isTitled={false}
        cards={shown.map(toCard)}
      >
        <ContainersRead query={query} isWaiting={containers === undefined} projectId={projectId} />
      </FormRadioCards>
      {suggestion.missing !== null && !chosen.has("containerId") && (
        <output className="quiet small">
          This project has no container {suggestion.missing} on {providerLabels[providerName]}. It wasn't
          used.
        </output>
      )}
      {folded.length > 0 && <Folded choices={folded} onOpen={unfold} />}
      {containers?.length === 0 && <NoContainer providerName={providerName} query={query} />}
      {note !== undefined && value !== newContainerMark && <Remark note={note} />}
    </div>
  )
}

/** Reads the project's containers in one cloud, and the connections in them. */
function useContainers(projectId: string, providerName: ProviderName) {
  const query = useQuery(containersQuery(projectId))
  // Containers of two clouds can have one id, so the id alone identifies none.
  const all = useMemo(
    () => query.data?.filter((container) => container.providerName === providerName),
    [query.data, providerName],
  )
  const { live } = useCloudFormContext()
  // All at once: a suggestion that came later would move the fields below.
  const isReady = live !== null && (live.snapshot !== null || live.error !== null)
  return { query, containers: isReady ? all : undefined, peers: live?.snapshot?.here.peers ?? [] }
}

/** Lists the choices that fit, and the others. */
function listChoices(
  providerName: ProviderName,
  containers: readonly Container[] | undefined,
  { existing, isNew }: Suggestion,
): { suggested: Choice[]; others: Choice[] } {
  if (containers === undefined) return { suggested: [], others: [] }
  const first = containers.filter(({ id }) => id === existing?.containerId)
  const rest = containers.filter((one) => !first.includes(one))
  const added: Choice[] = isNewContainerPossible(providerName, containers) ? [newContainerMark] : []
  return {
    suggested: [...first, ...(isNew ? added : [])],
    others: [...rest, ...(isNew ? [] : added)],
  }
}

/** Folds several others while something is suggested: they are one press away. */
function useFolding(
  suggested: readonly Choice[],
  others: readonly Choice[],
  value: string,
  chosen: ChosenFields,
) {
  const [showsAll, setShowsAll] = useState(false)
  const isPicked = (one: Choice) => (one === newContainerMark ? one : one.id) === value
  // What a person chose among stays in sight.
  const isOpen = showsAll || chosen.has("containerId") || others.some(isPicked)
  const unfold = () => setShowsAll(true)
  return isOpen || suggested.length === 0 || others.length < 2
    ? { shown: [...suggested, ...others], folded: [], unfold }
    : { shown: suggested, folded: others, unfold }
}

function Folded({ choices, onOpen }: { choices: readonly Choice[]; onOpen: () => void }) {
  const containers = choices.filter((one) => one !== newContainerMark)
  return (
    <p>
      <Button size="small" aria-expanded={false} onClick={onOpen}>
        {formatCount(containers.length, "other container")}
        {containers.length < choices.length && ", or a new one"}
      </Button>
    </p>
  )
}

/** Says that the containers are being read, or why they can't be. */
function ContainersRead({
  query,
  isWaiting,
  projectId,
}: {
  query: UseQueryResult
  isWaiting: boolean
  projectId: string
}) {
  if (!query.isError)
    return (
      isWaiting && (
        <p data-containers className={styles.waiting}>
          Reading the project's containers
        </p>
      )
    )
  return (
    query.data === undefined && (
      <RefusalNotice
        words={toProblemWords(query.error)}
        projectId={projectId}
        actions={
          <Button size="small" onClick={() => void query.refetch()} isBusy={query.isFetching}>
            {query.isFetching ? "Reading…" : "Refresh the containers"}
          </Button>
        }
      />
    )
  )
}

function NoContainer({ providerName, query }: { providerName: ProviderName; query: UseQueryResult }) {
  return (
    <p className={styles.quiet}>
      This project has no {providerLabels[providerName]} container yet. Create one here, or create a dedicated
      cluster in Atlas and press{" "}
      <Button size="small" onClick={() => void query.refetch()} isBusy={query.isFetching}>
        {query.isFetching ? "Refreshing…" : "Refresh"}
      </Button>
    </p>
  )
}

function Remark({ note }: { note: FieldNote }) {
  return (
    <p className={note.tone === "failed" ? styles.wrong : styles.warning}>
      <NoteWords note={note} />
    </p>
  )
}

/** Says in a few words what the choice is about. */
export function AtlasSideLead() {
  const { form, providerName } = useCloudFormContext()
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
