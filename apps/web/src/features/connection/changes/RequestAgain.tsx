import type { Peering } from "@peering-desk/shared-schemas"
import { useQuery } from "@tanstack/react-query"
import { useState } from "react"
import { useLocation } from "wouter"
import { blastRadiusQuery } from "#api/peerings/change-peering.ts"
import { useRequestAgain } from "#api/peerings/request-again.ts"
import { toProblemWords } from "#copy/problems.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { RefusalNotice } from "#shared/refusals/RefusalNotice.tsx"
import { Button } from "#ui/Button.tsx"
import { Copyable } from "#ui/Copyable.tsx"
import { TextField } from "#ui/fields/TextField.tsx"
import layout from "#ui/layout.module.css"
import { ChangeButton } from "./ChangeButton.tsx"
import { ChangeProblem } from "./ChangeProblem.tsx"
import { toFieldErrors, useSubmit } from "./use-submit.ts"

/** Deletes a failed connection and requests the same again, after its name is typed and one reason given. */
export function RequestAgain({
  peering: { projectId, id, peer },
  onDone,
}: {
  peering: Peering
  onDone: () => void
}) {
  const [, navigate] = useLocation()
  const radius = useQuery(blastRadiusQuery(projectId, id))
  const again = useRequestAgain(projectId, id)
  const [name, setName] = useState("")
  const [reason, setReason] = useState("")
  const errors = toFieldErrors(again.error)
  const submit = useSubmit(again.isPending, () =>
    again.mutate(
      { name: name.trim(), reason: reason.trim() },
      {
        onSuccess: (created) => {
          onDone()
          navigate(pagePaths.connection(projectId, created.id))
        },
      },
    ),
  )

  if (radius.isError) {
    return (
      <RefusalNotice
        words={toProblemWords(radius.error)}
        projectId={projectId}
        actions={<Button onClick={() => void radius.refetch()}>Try again</Button>}
      />
    )
  }
  if (radius.data === undefined) return <p>Loading the consequences</p>
  const { confirmBy } = radius.data
  return (
    <form className={layout.form} noValidate onSubmit={submit} aria-busy={again.isPending}>
      <ul className={layout.bullets}>
        <li>Deletes this connection in Atlas, which frees its network and container.</li>
        <li>Requests the same peering again, with the same values.</li>
        {peer.providerName === "AWS" && (
          <li>AWS assigns a new pcx- ID. The VPC owner has 7 days to accept it.</li>
        )}
        {peer.providerName === "GCP" && (
          <li>The network owner has to create the peering from their side again.</li>
        )}
        <li>The audit log gets two entries with your reason.</li>
      </ul>
      <p>
        Type <Copyable value={confirmBy} label="the name" /> to confirm.
      </p>
      <div className={layout.fields}>
        <TextField
          label="Name"
          hint="Type the name to confirm"
          mono
          value={name}
          error={errors["name"]}
          onChange={(event) => setName(event.target.value)}
        />
        <TextField
          label="Reason"
          hint="Stored in the audit log"
          value={reason}
          error={errors["reason"]}
          onChange={(event) => setReason(event.target.value)}
        />
      </div>
      <ChangeButton type="submit" busy={again.isPending || name.trim() !== confirmBy}>
        {again.isPending ? "Deleting, then requesting…" : "Delete and request again"}
      </ChangeButton>
      {again.isError && (
        <ChangeProblem
          error={again.error}
          asked="delete"
          projectId={projectId}
          about={{ peer }}
          shownFields={["name", "reason"]}
        />
      )}
    </form>
  )
}
