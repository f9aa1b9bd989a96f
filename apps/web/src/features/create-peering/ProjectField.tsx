import type { SessionInfo } from "@peering-desk/shared-schemas"
import { useQuery } from "@tanstack/react-query"
import { projectsQuery } from "#api/projects/projects.ts"
import { computePermissions } from "#shared/permissions.ts"
import { SelectField } from "#ui/fields/SelectField.tsx"

/** The project that gets the connection, of those in which the person may create one. */
export function ProjectField({
  person,
  projectId,
  locked = false,
  onChoose,
}: {
  person: SessionInfo | undefined
  /** Null before one is chosen. */
  projectId: string | null
  /** Keeps the project while its form is being sent. */
  locked?: boolean
  onChoose: (projectId: string) => void
}) {
  const { data: projects = [], isError } = useQuery(projectsQuery())
  const choices = projects.filter(({ id }) => computePermissions(person, id).mayChange)
  // Only Atlas knows its name.
  if (isError && choices.length === 0 && projectId !== null) choices.push({ id: projectId, name: projectId })
  return (
    <SelectField
      label="Project"
      isStrong
      {...(projectId === null && { empty: "Choose a project" })}
      options={choices.map(({ id, name }) => [id, name] as const)}
      value={projectId}
      onChange={(id) => {
        if (id !== null && id !== projectId && !locked) onChoose(id)
      }}
    />
  )
}
