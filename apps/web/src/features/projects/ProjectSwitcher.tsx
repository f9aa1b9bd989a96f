import { useQuery } from "@tanstack/react-query"
import { Suspense, useRef, useState } from "react"
import { useLocation } from "wouter"
import { projectsQuery } from "#api/projects/projects.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { Icon } from "#ui/marks/Icon.tsx"
import { SearchField } from "#ui/overlay/SearchField.tsx"
import { useTopLayer } from "#ui/overlay/use-top-layer.ts"
import styles from "./ProjectSwitcher.module.css"
import { lazyPage } from "#ui/lazy-page.ts"

const SearchList = lazyPage(async () => (await import("#ui/overlay/SearchList.tsx")).SearchList)

/** Switches between projects by name; the new one opens at the page that the old one showed. */
export function ProjectSwitcher({ projectId }: { projectId: string | null }) {
  const { data: projects = [] } = useQuery(projectsQuery())
  const [path, navigate] = useLocation()
  const [isOpen, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const box = useRef<HTMLDivElement>(null)
  useTopLayer(box, button, isOpen, setOpen)

  function close() {
    setOpen(false)
    button.current?.focus()
  }

  const name = projects.find(({ id }) => id === projectId)?.name ?? projectId ?? "Choose a project"
  return (
    <>
      <button
        ref={button}
        type="button"
        className={`line gap-10 wide edge-strong rounded-8 on-card press left ink medium high-36 pad-x-8 shadow ${styles.button}`}
        aria-label={`Project: ${name}`}
        aria-haspopup="listbox"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <Icon name="container" />
        <span className="grow cut">{name}</span>
        <Icon name="chevron-up-down" />
      </button>
      {isOpen && (
        <div ref={box} popover="manual" className={`flat unpadded sheet rounded clip fixed ${styles.box}`}>
          <SearchField label="Search projects" placeholder="Search projects" onClose={close}>
            {(search) => (
              <Suspense>
                <SearchList
                  search={search}
                  options={projects.map(({ id, name }) => ({
                    key: id,
                    text: name,
                    isCurrent: id === projectId,
                  }))}
                  onChoose={(id) => {
                    close()
                    navigate(toSamePage(path, id), { state: "keep-focus" })
                  }}
                />
              </Suspense>
            )}
          </SearchField>
        </div>
      )}
    </>
  )
}

const pages = ["connections/new", "containers", "settings"]

/** Returns the page of another project that matches the present one. */
function toSamePage(path: string, projectId: string): string {
  const home = pagePaths.connections(projectId)
  const page = pages.find((name) => path.endsWith(`/${name}`))
  return page === undefined ? home : home.replace(/connections$/, page)
}
