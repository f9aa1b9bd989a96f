import { useQuery } from "@tanstack/react-query"
import { Link, useLocation } from "wouter"
import { installationQuery } from "#api/installation.ts"
import { useProject } from "#api/projects/projects.ts"
import { ProjectSwitcher } from "#features/projects/ProjectSwitcher.tsx"
import type { AppPermissions } from "#shared/permissions.ts"
import { readFirstRender } from "#ui/first-render.ts"
import { Kbd } from "#ui/Kbd.tsx"
import { Icon } from "#ui/marks/Icon.tsx"
import { getAllProjectsLinks, getProjectLinks, type NavigationLink } from "./navigation.ts"
import styles from "./Sidebar.module.css"
import { useCounts } from "./use-counts.ts"

/** The two places: all projects, and the chosen one, which is the one in the address, else the last one. */
export function Sidebar({
  chosenProject: chosen,
  permissions,
  onSearch,
}: {
  /** The id of a project; null without one. */
  chosenProject: string | null
  permissions: AppPermissions
  /** Opens the command palette. */
  onSearch: () => void
}) {
  const project = useProject(chosen)
  const counts = useCounts(chosen, permissions)
  const { data: installation } = useQuery(installationQuery())
  return (
    <>
      {permissions.seesProjects && <ProjectSwitcher projectId={chosen} />}
      <button
        type="button"
        className={`bare side-hover line gap-12 left quiet high-32 pad-x-8 rounded-7 ${styles.search}`}
        onClick={onSearch}
      >
        <Icon name="search" />
        Search
        <span className={`beside gap-4 push ${styles.keys}`} aria-hidden="true">
          <Kbd>{isMac() ? "⌘" : "Ctrl"}</Kbd>
          <Kbd>K</Kbd>
        </span>
      </button>
      <nav aria-label="Pages" className={`grid gap-16 ${styles.nav}`}>
        <Group title="All projects" links={getAllProjectsLinks(permissions)} counts={counts} />
        {chosen !== null && project !== undefined && (
          <Group title={project.name} links={getProjectLinks(chosen)} counts={counts} />
        )}
      </nav>
      {installation?.realAtlas === false && (
        <p className={`wrap faint small lines-16 ${styles.demo}`}>
          Demo · Simulated Atlas at <code>{installation.atlasHost}</code>
        </p>
      )}
    </>
  )
}

function isMac(): boolean {
  return readFirstRender()?.isMac ?? /Mac|iPhone|iPad/.test(navigator.userAgent)
}

function Group({
  title,
  links,
  counts,
}: {
  title: string
  links: readonly NavigationLink[]
  counts: ReturnType<typeof useCounts>
}) {
  return (
    <div>
      <p className="cut pad-x-8 pad-bottom-4 faint small lines-20">{title}</p>
      <ul>
        {links.map((link) => (
          <li key={link.href}>
            <NavigationItem {...link} count={(link.counts && counts[link.counts]) ?? 0} />
          </li>
        ))}
      </ul>
    </div>
  )
}

/** Says aloud what a count counts. */
const countWords: Partial<Record<NonNullable<NavigationLink["counts"]>, { words: string; isYours?: true }>> =
  {
    attention: { words: "need you", isYours: true },
    approvals: { words: "need your approval", isYours: true },
    unread: { words: "unread" },
  }

function NavigationItem({
  title,
  icon,
  href,
  isExact = false,
  counts,
  count,
}: NavigationLink & { count: number }) {
  const [path] = useLocation()
  const said = counts && countWords[counts]
  const isWithin = !isExact && path.startsWith(`${href}/`)
  return (
    <Link
      href={href}
      className={`side-hover line gap-12 quiet high-32 pad-x-8 rounded-7 plain-link ${styles.link}`}
      aria-current={path === href ? "page" : isWithin ? "true" : undefined}
    >
      <Icon name={icon} />
      {title}
      {count > 0 && (
        <span className={said?.isYours ? `${styles.count} ${styles.attention}` : styles.count}>
          {count}
          {said && <span className="visually-hidden"> {said.words}</span>}
        </span>
      )}
    </Link>
  )
}
