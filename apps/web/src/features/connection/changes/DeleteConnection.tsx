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

/** Deletes a connection after its name is typed and a reason given; lists first what goes with it. */
export function DeleteConnection({ peering: { projectId, id, peer } }: { peering: Peering }) {
  const radius = useQuery(blastRadiusQuery(projectId, id))
  const remove = useDeletePeering(projectId, id)
  const [name, setName] = useState("")
  const [reason, setReason] = useState("")
  const errors = toFieldErrors(remove.error)
  const submit = useSubmit(remove.isPending, () =>
    remove.mutate({ name: name.trim(), reason: reason.trim() }),
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
  if (radius.data === undefined) return <p>Asking Atlas what goes with it</p>
  const { confirmBy } = radius.data
  return (
    <div className={layout.stack}>
      <BlastRadiusList radius={radius.data} peer={peer} projectId={projectId} />
      <form className={layout.form} noValidate onSubmit={submit} aria-busy={remove.isPending}>
        <p>
          To delete it, type <Copyable value={confirmBy} label="the name" />
        </p>
        <div className={layout.fields}>
          <TextField
            label="Name of the connection"
            hint="As above, so that it is the right one"
            mono
            value={name}
            error={errors["name"]}
            onChange={(event) => setName(event.target.value)}
          />
          <TextField
            label="Reason to delete it"
            hint="Kept in the audit trail"
            value={reason}
            error={errors["reason"]}
            onChange={(event) => setReason(event.target.value)}
          />
        </div>
        <ChangeButton type="submit" busy={remove.isPending || name.trim() !== confirmBy}>
          {remove.isPending ? "Deleting…" : "Delete this connection"}
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
