import {
  awsRegions,
  providerLabels,
  readContainerRegion,
  toAtlasRegionName,
  type Container,
} from "@peering-desk/shared-schemas"
import { useQuery } from "@tanstack/react-query"
import { useEffect, useEffectEvent } from "react"
import { useWatch, type Path, type PathValue, type UseFormReturn } from "react-hook-form"
import { containersQuery } from "#api/containers.ts"
import { FormRadioCards } from "#forms/FormRadioCards.tsx"
import { Button } from "#ui/Button.tsx"
import { Copyable } from "#ui/Copyable.tsx"
import { Notice } from "#ui/Notice.tsx"
import { ProblemNotice } from "#ui/ProblemNotice.tsx"
import type { RadioCard } from "#ui/RadioCards.tsx"
import { toProblemWords } from "#wording/problem-words.ts"
import type { ConnectionValues } from "./connection-values.ts"
import styles from "./create-peering.module.css"

/** The Atlas side of the connection: one of the project's containers in this cloud. The only one there is is chosen already. */
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
  const value = String(useWatch({ control: form.control, name }))
  const chosen = containers?.find(({ id }) => id === value)
  const only = containers?.length === 1 ? containers[0]?.id : undefined
  const chooseFor = (id: string) => form.setValue(name, id as PathValue<Values, Path<Values>>)
  const settle = useEffectEvent(() => {
    if (containers === undefined || (chosen !== undefined && value !== "")) return
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
    <FormRadioCards
      form={form}
      name={name}
      label="Atlas side"
      hint={`The container your network is joined to: Atlas's own network in this project${
        providerName === "GCP" ? "" : ", in one region"
      }`}
      cards={(containers ?? []).map(toCard)}
      readOnly={readOnly}
    >
      {query.isPending && <p className={styles.waiting}>Reading the project's containers</p>}
      {query.isError && containers === undefined && (
        <ProblemNotice
          {...toProblemWords(query.error)}
          actions={
            <Button size="small" onClick={() => void query.refetch()} aria-disabled={query.isFetching}>
              {query.isFetching ? "Reading…" : "Read the containers again"}
            </Button>
          }
        />
      )}
      {containers?.length === 0 && (
        <Notice
          title={`No container for ${providerLabels[providerName]} in this project yet`}
          actions={
            <Button size="small" onClick={() => void query.refetch()} aria-disabled={query.isFetching}>
              {query.isFetching ? "Looking…" : "Look again"}
            </Button>
          }
        >
          <p>
            {providerName === "GCP"
              ? "Atlas makes it with the project's first dedicated cluster on Google Cloud"
              : "Atlas makes one with the first dedicated cluster of a region"}
            , with an address block of its own. This version cannot make one from here.
          </p>
        </Notice>
      )}
    </FormRadioCards>
  )
}

function toCard(container: Container): RadioCard {
  return {
    value: container.id,
    title: toPlace(container),
    detail: (
      <>
        <code>{container.atlasCidrBlock ?? "address block not known"}</code>
        {typeof container.provisioned === "boolean" &&
          (container.provisioned ? " · in use, so its block is fixed" : " · not in use yet")}
      </>
    ),
    aside: (
      <Copyable
        value={container.id}
        shown={`${container.id.slice(0, 4)}…${container.id.slice(-4)}`}
        label={`container id ${container.id}`}
      />
    ),
  }
}

function toPlace(container: Container) {
  const region = readContainerRegion(container)
  if (region === null) return container.providerName === "GCP" ? "All regions" : "Region not known"
  const place = container.providerName === "AWS" ? awsRegions[toAtlasRegionName(region)] : undefined
  return place === undefined ? (
    region
  ) : (
    <>
      {place} <code>{region}</code>
    </>
  )
}
