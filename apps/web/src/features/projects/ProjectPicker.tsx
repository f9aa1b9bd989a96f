import { useQuery } from "@tanstack/react-query"
import { useId } from "react"
import { useLocation } from "wouter"
import { projectsQuery } from "#api/projects/projects.ts"
import { pagePaths } from "#shared/page-paths.ts"
import styles from "./ProjectPicker.module.css"

/** Switches between projects. A native list has type-ahead and fits every screen. */
export function ProjectPicker({ projectId }: { projectId: string | null }) {
  const id = useId()
  const { data: projects = [] } = useQuery(projectsQuery())
  const [, navigate] = useLocation()
  const unlisted = projectId !== null && projects.every((project) => project.id !== projectId)

  return (
    <span className={styles.picker}>
      <label htmlFor={id} className={styles.label}>
        Project
      </label>
      <select
        id={id}
        className={styles.select}
        value={projectId ?? ""}
        onChange={(event) => navigate(pagePaths.connections(event.target.value), { state: "keep-focus" })}
      >
        {projectId === null && <option value="">go to…</option>}
        {unlisted && <option value={projectId}>{projectId}</option>}
        {projects.map((project) => (
          <option key={project.id} value={project.id}>
            {project.name}
          </option>
        ))}
      </select>
    </span>
  )
}
