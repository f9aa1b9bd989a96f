import type { ApiTokenList, CreatedApiToken, ProjectRole, SessionInfo } from "@peering-desk/shared-schemas"
import { useQuery } from "@tanstack/react-query"
import { useEffect, useRef, useState } from "react"
import { projectsQuery } from "#api/projects/projects.ts"
import { useCreateToken } from "#api/tokens.ts"
import { Dialog } from "#ui/overlay/Dialog.tsx"
import { tokenRoleWords } from "#copy/api-tokens.ts"
import { CheckboxList } from "#shared/CheckboxList.tsx"
import { computePermissions, getRole, roles } from "#shared/permissions.ts"
import { Failure } from "#shared/refusals/Failure.tsx"
import { Form } from "#ui/fields/Form.tsx"
import { Button } from "#ui/Button.tsx"
import { SegmentedControl } from "#ui/fields/SegmentedControl.tsx"
import { SelectField } from "#ui/fields/SelectField.tsx"
import { TextField } from "#ui/fields/TextField.tsx"
import { CopyBlock } from "#ui/CopyBlock.tsx"
import { formatCurlExample, readTokenCommand } from "./curl-example.ts"
import { useFieldErrors } from "#shared/refusals/use-field-errors.ts"

/** Creates a token, then shows it once. */
export function NewTokenDialog({
  person,
  limits,
  onClose,
}: {
  person: SessionInfo
  limits: Pick<ApiTokenList, "defaultDays" | "mostDays">
  onClose: () => void
}) {
  const { data: projects } = useQuery(projectsQuery())
  const create = useCreateToken()
  const created = create.data
  if (created === undefined) {
    return (
      <Dialog title="New API token" onClose={() => !create.isPending && onClose()}>
        <NewTokenForm person={person} limits={limits} create={create} onCancel={onClose} />
      </Dialog>
    )
  }
  const ofToken = created.token.projects
  const example = ofToken === "*" ? projects?.[0]?.id : ofToken[0]
  return (
    <Dialog title={`Token ${created.token.name} created`} onClose={onClose}>
      <CreatedToken created={created} exampleProject={example ?? null} onClose={onClose} />
    </Dialog>
  )
}

/** The form of a new token: name, projects, role and lifetime. */
function NewTokenForm({
  person,
  limits: { defaultDays, mostDays },
  create,
  onCancel,
}: {
  person: SessionInfo
  limits: Pick<ApiTokenList, "defaultDays" | "mostDays">
  create: ReturnType<typeof useCreateToken>
  onCancel: () => void
}) {
  const { data: all = [] } = useQuery(projectsQuery())
  const offered = all.filter(({ id }) => computePermissions(person, id).mayChange)
  const [name, setName] = useState("")
  const [isForAll, setIsForAll] = useState(false)
  const [picked, setPicked] = useState<readonly string[] | null>(null)
  const [wantedRole, setWantedRole] = useState<ProjectRole>("viewer")
  const [days, setDays] = useState(String(defaultDays))
  const [isTried, setIsTried] = useState(false)
  const nameField = useRef<HTMLInputElement>(null)

  useEffect(() => nameField.current?.focus(), [])

  // A person with one project need not choose it.
  const chosen = picked ?? (offered.length === 1 ? offered.map(({ id }) => id) : [])
  const projects = isForAll ? ("*" as const) : [...chosen]
  const mayChangeAll = listRoles(person, "*").length > 1
  const roles = listRoles(person, projects)
  const role = roles.includes(wantedRole) ? wantedRole : (roles.at(-1) ?? "viewer")
  const { errors: found, edit, noteEdit } = useFieldErrors(create.error)
  const nameError = found["name"] ?? (isTried && name.trim() === "" ? "Enter a name" : undefined)
  const projectError = isTried && projects.length === 0 ? "Choose a project" : found["projects"]

  function send() {
    setIsTried(true)
    if (name.trim() === "" || projects.length === 0) return
    create.mutate(
      { name: name.trim(), projects, role, expiresInDays: Number(days) },
      { onError: () => nameField.current?.focus() },
    )
  }

  return (
    <Form className="form" isBusy={create.isPending} onSubmit={send}>
      <div className="fields">
        <TextField
          ref={nameField}
          label="Name"
          hint="The script that uses it"
          value={name}
          error={nameError}
          onChange={edit(setName, "name")}
        />
      </div>
      {mayChangeAll && (
        <SegmentedControl
          label="Which projects"
          options={[
            { value: "some", title: "Some projects" },
            { value: "all", title: "All projects" },
          ]}
          value={isForAll ? "all" : "some"}
          onChange={(which) => setIsForAll(which === "all")}
        />
      )}
      {isForAll ? (
        <p className="quiet">Also projects that are added later.</p>
      ) : (
        <div className="fields">
          <CheckboxList
            legend="Projects"
            options={offered.map((project) => [project.id, project.name] as const)}
            chosen={chosen}
            error={projectError}
            onChange={(next) => {
              setPicked(next)
              noteEdit("projects")
            }}
          />
        </div>
      )}
      <div className="fields">
        <SelectField
          label="Role"
          options={roles.map((one) => [one, tokenRoleWords[one]] as const)}
          value={role}
          onChange={(value) => setWantedRole(value ?? "viewer")}
        />
        <SelectField
          label="Expires in"
          options={listLifetimes(defaultDays, mostDays).map(
            (count) => [String(count), count === 1 ? "1 day" : `${count} days`] as const,
          )}
          value={days}
          onChange={(value) => setDays(value ?? String(defaultDays))}
        />
      </div>
      <Failure error={create.error} shownFields={["name", "projects"]} />
      <div className="row">
        <Button kind="primary" type="submit" isBusy={create.isPending}>
          {create.isPending ? "Creating…" : "Create token"}
        </Button>
        <Button kind="quiet" isBusy={create.isPending} onClick={() => onCancel()}>
          Cancel
        </Button>
      </div>
    </Form>
  )
}

/** Shows a new token, this once, and a first call with it. */
function CreatedToken({
  created: { token, secret },
  exampleProject,
  onClose,
}: {
  created: CreatedApiToken
  /** A project that the token may read; null when none is known. */
  exampleProject: string | null
  onClose: () => void
}) {
  return (
    <div className="stack">
      <div className="stack gap-10">
        <CopyBlock label="Token" about={token.name} text={secret} />
        <output className="block">
          <strong>Copy it now. You won't see it again.</strong>
        </output>
      </div>
      {exampleProject !== null && (
        <div className="stack gap-10">
          <p>To try it, run this in a shell, paste the token and press Enter:</p>
          <CopyBlock label="Read the token" about="into the shell" text={readTokenCommand} />
          <p>Then list the project's connections:</p>
          <CopyBlock
            label="curl"
            about="lists connections"
            text={formatCurlExample(location.origin, exampleProject)}
          />
        </div>
      )}
      <div className="row">
        <Button kind="primary" onClick={onClose}>
          Done
        </Button>
      </div>
    </div>
  )
}

/** Lists the roles a token may have: its maker has them in each of its projects, or in any project while none is chosen. */
function listRoles(person: SessionInfo, projects: "*" | readonly string[]): ProjectRole[] {
  const { everywhere, projects: ownProjects } = person.access
  if (projects.length === 0) {
    const had = [everywhere, ...Object.values(ownProjects)]
    return roles.slice(0, roles.findLastIndex((role) => had.includes(role)) + 1)
  }
  const own = projects === "*" ? [everywhere] : projects.map((id) => getRole(person, id))
  const least = Math.min(roles.length - 1, ...own.map((role) => roles.indexOf(role ?? "viewer")))
  return roles.slice(0, least + 1)
}

/** Lists the lifetimes to choose from, in days, the default among them. */
function listLifetimes(defaultDays: number, mostDays: number): number[] {
  const days = new Set([7, 30, 90, 180, 365, defaultDays, mostDays].filter((one) => one <= mostDays))
  return [...days].sort((one, other) => one - other)
}
