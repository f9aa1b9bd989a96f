import type { Peering } from "@peering-desk/shared-schemas"
import { getWaitingOn } from "@peering-desk/peering-rules"
import { useState } from "react"
import { useSetLabel } from "#api/peerings/annotations.ts"
import { Card } from "#ui/Card.tsx"
import { Fact, DescriptionList } from "#ui/DescriptionList.tsx"
import { Timestamp } from "#ui/time/Timestamp.tsx"
import { Notice } from "#ui/Notice.tsx"
import { TextField } from "#ui/fields/TextField.tsx"
import { ChangeButton } from "#features/connection/changes/ChangeButton.tsx"
import { ChangeProblem } from "#features/connection/changes/ChangeProblem.tsx"
import layout from "#ui/layout.module.css"
import { toFieldErrors, useSubmit } from "#features/connection/changes/use-submit.ts"

/** The data that only this server has: origin, first seen, label. */
export function OurRecord({ peering, isGone }: { peering: Peering; isGone: boolean }) {
  const { origin, createdBy, createdAt, firstSeenAt, label } = peering
  return (
    <Card title="What this server knows">
      <div className={layout.stack}>
        {!isGone && <LeftAvailable peering={peering} />}
        <DescriptionList>
          <Fact label="Origin">
            {origin === "created-here" ? "Made here" : "Found in Atlas, made elsewhere"}
          </Fact>
          {origin === "created-here" && (
            <Fact label="Asked for">
              {createdBy ?? "by somebody whose name is not known"}
              {createdAt !== null && (
                <>
                  , <Timestamp at={createdAt} />
                </>
              )}
            </Fact>
          )}
          <Fact label="First seen">
            <Timestamp at={firstSeenAt} />
          </Fact>
          {isGone && label !== null && <Fact label="Our name for it">{label}</Fact>}
        </DescriptionList>
        {!isGone && <LabelForm key={label} peering={peering} />}
      </div>
    </Card>
  )
}

/** An alarm where it broke; where it was changed or is being deleted, somebody wanted it so. */
function LeftAvailable({ peering: { peer, leftAvailableAt } }: { peering: Peering }) {
  const turn = getWaitingOn(peer)
  if (leftAvailableAt === null || turn === "closing") return null
  const isAnew = turn === "atlas" || turn === "you"
  return (
    <Notice
      tone={isAnew ? "info" : "failed"}
      title={isAnew ? "It was available, and was then started anew" : "It was available, and is not any more"}
    >
      <p>
        First seen so <Timestamp at={leftAvailableAt} />. The timeline tells what it was between.
      </p>
    </Notice>
  )
}

function LabelForm({ peering: { projectId, id, label } }: { peering: Peering }) {
  const [wanted, setWanted] = useState(label ?? "")
  const save = useSetLabel(projectId, id)
  const submit = useSubmit(save.isPending, () => save.mutate(wanted.trim()))
  return (
    <form className={layout.form} noValidate onSubmit={submit}>
      <div className={layout.fields}>
        <TextField
          label="Our name for it"
          hint="For everybody here; Atlas does not see it"
          required={false}
          value={wanted}
          error={toFieldErrors(save.error)["label"]}
          onChange={(event) => setWanted(event.target.value)}
        />
      </div>
      {wanted.trim() !== (label ?? "") && (
        <ChangeButton type="submit" size="small" busy={save.isPending}>
          {save.isPending ? "Saving…" : "Save the name"}
        </ChangeButton>
      )}
      {save.isError && <ChangeProblem error={save.error} projectId={projectId} shownFields={["label"]} />}
    </form>
  )
}
