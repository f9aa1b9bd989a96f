import type { CloudAccount, Project } from "@peering-desk/shared-schemas"
import { useState } from "react"
import { useBeginCloudAccount } from "#api/cloud-accounts.ts"
import { usePerson } from "#api/session.ts"
import { computePermissions } from "#shared/permissions.ts"
import { useFieldErrors } from "#shared/refusals/use-field-errors.ts"
import { Failure } from "#shared/refusals/Failure.tsx"
import { Form } from "#ui/fields/Form.tsx"
import { Button } from "#ui/Button.tsx"
import { SelectField } from "#ui/fields/SelectField.tsx"
import { TextField } from "#ui/fields/TextField.tsx"

/** Begins to connect an account: for which project, and under what name. */
export function BeginForm({
  projects,
  onBegun,
}: {
  /** Undefined while loading. */
  projects: readonly Project[] | undefined
  onBegun: (account: CloudAccount) => void
}) {
  const person = usePerson()
  const offered = (projects ?? []).filter(({ id }) => computePermissions(person, id).mayAdminister)
  const begin = useBeginCloudAccount()
  const [picked, setPicked] = useState<string | null>(null)
  const [name, setName] = useState("")
  const [isTried, setIsTried] = useState(false)
  // A person with one project need not choose it.
  const projectId = picked ?? (offered.length === 1 ? (offered[0]?.id ?? null) : null)
  const { errors: refused, edit, noteEdit } = useFieldErrors(begin.error)
  const mistakes = { ...refused, ...(isTried && findMissing(projectId, name)) }

  function send() {
    setIsTried(true)
    if (projectId === null || name.trim() === "") return
    begin.mutate({ projectId, name: name.trim() }, { onSuccess: onBegun })
  }

  return (
    <Form className="stack gap-12" isBusy={begin.isPending} onSubmit={send}>
      <SelectField
        label="Project"
        empty={projects === undefined ? "Loading projects…" : "Choose a project"}
        options={offered.map((one) => [one.id, one.name] as const)}
        value={projectId}
        error={mistakes["projectId"]}
        onChange={(id) => {
          setPicked(id)
          noteEdit("projectId")
        }}
      />
      <TextField
        label="Name"
        hint="Shown on this page"
        value={name}
        error={mistakes["name"]}
        onChange={edit(setName, "name")}
      />
      <Failure error={begin.error} shownFields={["projectId", "name"]} />
      <p className="quiet text-13">Next: an external ID and three ways to create the role.</p>
      <div>
        <Button kind="primary" type="submit" isBusy={begin.isPending}>
          {begin.isPending ? "Creating…" : "Create external ID"}
        </Button>
      </div>
    </Form>
  )
}

function findMissing(projectId: string | null, name: string): Record<string, string> {
  return {
    ...(projectId === null && { projectId: "Choose a project" }),
    ...(name.trim() === "" && { name: "Enter a name" }),
  }
}
