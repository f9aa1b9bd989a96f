import { useQuery } from "@tanstack/react-query"
import { Link, useLocation } from "wouter"
import { installationQuery } from "#api/installation.ts"
import { useProject } from "#api/projects/projects.ts"
import { readLastProject } from "#features/projects/last-project.ts"
import { ProjectSwitcher } from "#features/projects/ProjectSwitcher.tsx"
import type { AppPermissions } from "#shared/permissions.ts"
import { Icon, type IconName } from "#ui/marks/Icon.tsx"
import { getAllProjectsLinks, getProjectLinks, type NavigationLink } from "./navigation.ts"
import styles from "./Sidebar.module.css"

/** The two places: all projects, and the chosen one. The chosen project is the one in the address, else the last one. */
export function Sidebar({
  projectId,
  permissions,
}: {
  projectId: string | null
  permissions: AppPermissions
}) {
  const chosen = projectId ?? readLastProject()
  const project = useProject(chosen)
  const { data: installation } = useQuery(installationQuery())
  return (
    <>
      {permissions.seesProjects && <ProjectSwitcher projectId={chosen} />}
      <nav aria-label="Pages" className={styles.nav}>
        <Group title="All projects" links={getAllProjectsLinks(permissions)} />
        {chosen !== null && project !== undefined && (
          <Group title={project.name} links={getProjectLinks(chosen)} />
        )}
      </nav>
      {installation?.realAtlas === false && (
        <p className={styles.demo}>
          Simulated Atlas at <code>{installation.atlasHost}</code>
        </p>
      )}
    </>
  )
}

function Group({ title, links }: { title: string; links: readonly NavigationLink[] }) {
  return (
    <div>
      <p className={styles.group}>{title}</p>
      <ul>
        {links.map((link) => (
          <li key={link.href}>
            <NavigationItem {...link} />
          </li>
        ))}
      </ul>
    </div>
  )
}

function NavigationItem({ title, icon, href, isExact = false }: NavigationLink & { icon: IconName }) {
  const [path] = useLocation()
  const isWithin = !isExact && path.startsWith(`${href}/`)
  return (
    <Link
      href={href}
      className={styles.link}
      aria-current={path === href ? "page" : isWithin ? "true" : undefined}
    >
      <Icon name={icon} />
      {title}
    </Link>
  )
}
