import type { Peering } from "@peering-desk/shared-schemas"
import { useQuery } from "@tanstack/react-query"
import { useState } from "react"
import { blastRadiusQuery, useDeletePeering } from "#api/peerings/change-peering.ts"
import { RefusalNotice } from "#shared/refusals/RefusalNotice.tsx"
import { Button } from "#ui/Button.tsx"
import { Copyable } from "#ui/Copyable.tsx"
import { TextField } from "#ui/fields/TextField.tsx"
import { toProblemWords } from "#copy/problems.ts"
import { BlastRadiusList } from "./BlastRadiusList.tsx"
import { ChangeButton } from "./ChangeButton.tsx"
import { ChangeProblem } from "./ChangeProblem.tsx"
import layout from "#ui/layout.module.css"
import { toFieldErrors, useSubmit } from "./use-submit.ts"

/** Deletes a connection after its name is typed and a reason given; lists the consequences first. */
export function DeleteConnection({
  peering: { projectId, id, peer },
  onDone,
}: {
  peering: Peering
  /** Runs once Atlas has the request. */
  onDone: () => void
}) {
  const radius = useQuery(blastRadiusQuery(projectId, id))
  const remove = useDeletePeering(projectId, id)
  const [name, setName] = useState("")
  const [reason, setReason] = useState("")
  const errors = toFieldErrors(remove.error)
  const submit = useSubmit(remove.isPending, () =>
    remove.mutate({ name: name.trim(), reason: reason.trim() }, { onSuccess: onDone }),
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
    <div className={layout.stack}>
      <BlastRadiusList radius={radius.data} peer={peer} projectId={projectId} />
      <form className={layout.form} noValidate onSubmit={submit} aria-busy={remove.isPending}>
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
        <ChangeButton type="submit" busy={remove.isPending || name.trim() !== confirmBy}>
          {remove.isPending ? "Deleting…" : "Delete connection"}
        </ChangeButton>
        {remove.isError && (
          <ChangeProblem
            error={remove.error}
            asked="delete"
            projectId={projectId}
            about={{ peer }}
            shownFields={["name", "reason"]}
          />
        )}
      </form>
    </div>
  )
}
