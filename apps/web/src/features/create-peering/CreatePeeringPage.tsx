import {
  providerNames,
  type PeeringDraft,
  type ProviderName,
  type SessionInfo,
} from "@peering-desk/shared-schemas"
import { useQuery } from "@tanstack/react-query"
import { Suspense, useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from "react"
import { useLocation } from "wouter"
import { projectsQuery, useProject } from "#api/projects/projects.ts"
import { usePerson } from "#api/session.ts"
import { PermissionsContext, usePermissionsIn } from "#shared/permissions.ts"
import { crumbTo } from "#shared/crumb-to.tsx"
import { pagePaths } from "#shared/page-paths.ts"
import { Button } from "#ui/Button.tsx"
import { CloudMark } from "#ui/marks/CloudMark.tsx"
import { Icon } from "#ui/marks/Icon.tsx"
import { PageHeader } from "#ui/PageHeader.tsx"
import { Tabs } from "#ui/Tabs.tsx"
import { CreatePageContext, type CreatePage } from "#features/create-peering/draft/create-page.ts"
import { dropOldDrafts } from "#features/create-peering/draft/draft-storage.ts"
import { keepOpenTab, readOpenTab } from "#features/create-peering/draft/peering-draft.ts"
import { emptyNotes, useNotesForm } from "#features/create-peering/draft/use-notes-form.ts"
import { CloudForm } from "#features/create-peering/form/CloudForm.tsx"
import { moveDraft, useMovedDraft } from "#features/create-peering/draft/moved-draft.ts"
import { PasteField } from "#features/create-peering/prefill/PasteField.tsx"
import { useLinkPrefill } from "#features/create-peering/prefill/use-link-prefill.ts"
import { KeyWarning } from "./KeyWarning.tsx"
import { ProjectField } from "./ProjectField.tsx"
import { useIsHydrated } from "#ui/first-render.ts"
import styles from "./create-peering.module.css"
import { lazyPage } from "#ui/lazy-page.ts"
import { lazyPart } from "#ui/lazy-part.tsx"

// Few drafts need it.
const Presets = lazyPart(async () => (await import("./prefill/Presets.tsx")).Presets)
// Only a person who may not create here needs it.
const NoRight = lazyPage(async () => (await import("./NoRight.tsx")).NoRight)

const clouds: Record<ProviderName, { title: string; detail: string }> = {
  AWS: { title: "AWS", detail: "VPC" },
  GCP: { title: "Google Cloud", detail: "VPC network" },
  AZURE: { title: "Azure", detail: "Virtual network" },
}

// Constant elements, so that opening a tab renders no form again.
const tabs = providerNames.map((value) => ({
  value,
  ...clouds[value],
  mark: <CloudMark cloud={value} decorative />,
  panel: <CloudForm providerName={value} />,
}))

/** The page that creates a peering, with one tab per cloud. */
export function CreatePeeringPage({ projectId }: { projectId: string }) {
  const person = useLastPerson()
  if (person === null)
    return (
      <>
        <PageHeader title="New connection" />
        <p className="shell-wait">Reading who is signed in</p>
      </>
    )
  return (
    <PeeringForms
      // Another person's draft is another form.
      key={`${person.user.issuer} ${person.user.subject} ${projectId}`}
      person={person}
      projectId={projectId}
    />
  )
}

/** Returns who is signed in, or was until the session ended: their form stays. */
function useLastPerson(): SessionInfo | null {
  const present = usePerson()
  const [person, setPerson] = useState<SessionInfo | null>(null)
  if (present !== undefined && present !== person) setPerson(present)
  return person
}

function PeeringForms({ person, projectId }: { person: SessionInfo; projectId: string }) {
  const { issuer, subject } = person.user
  const owner = useMemo(() => ({ issuer, subject, projectId }), [issuer, subject, projectId])
  const [keptTab] = useState(() => readOpenTab(owner))
  const [pressedTab, setPressedTab] = useState<ProviderName | null>(null)
  // The server, which does not know it, draws the first.
  const isHydrated = useIsHydrated()
  const chosenTab = pressedTab ?? (isHydrated ? keptTab : providerNames[0])
  // The pressed tab is shown first, its form a frame later.
  const openTab = useDeferredValue(chosenTab)
  // Drawn after the page, in small portions between which the browser can answer.
  const areFormsThere = useDeferredValue(true, false)
  const [sending, setSending] = useState(false)
  const [showsPresets, setShowsPresets] = useState(false)
  const presetsButton = useRef<HTMLButtonElement>(null)
  const closePresets = () => {
    presetsButton.current?.focus()
    setShowsPresets(false)
  }
  const [, navigate] = useLocation()
  const [forms] = useState<CreatePage["forms"]>(() => new Map())
  const [verdictPlace, setVerdictPlace] = useState<HTMLElement | null>(null)
  const notesForm = useNotesForm(owner)
  const clearing = useClearing(forms, notesForm, sending)
  const permissions = usePermissionsIn(projectId, person)
  const { data: projects } = useQuery(projectsQuery())
  const project = useProject(projectId)
  const isUnknown = projects !== undefined && project === undefined

  const open = useCallback(
    (providerName: ProviderName) => {
      setPressedTab(providerName)
      keepOpenTab(owner, providerName)
    },
    [owner],
  )
  const fill = useCallback(
    (title: string, draft: PeeringDraft, onEnd?: () => void) => {
      open(draft.providerName)
      forms.get(draft.providerName)?.fill(title, draft, onEnd)
    },
    [open, forms],
  )
  const page = useMemo<CreatePage>(
    () => ({ owner, notesForm, openTab, forms, fill, clearing, setSending, verdictPlace }),
    [owner, notesForm, openTab, forms, fill, clearing, verdictPlace],
  )
  useEffect(dropOldDrafts, [])
  useMovedDraft(page, areFormsThere)
  useLinkPrefill(page, areFormsThere)

  const crumbs = [
    crumbTo(pagePaths.allConnections(), "Connections"),
    crumbTo(pagePaths.connections(projectId), project?.name ?? "Project"),
  ]
  if (!permissions.mayChange || isUnknown)
    return (
      <PermissionsContext value={permissions}>
        <PageHeader title="New connection" crumbs={crumbs} />
        <Suspense>
          <NoRight project={project} person={person} projectId={projectId} />
        </Suspense>
      </PermissionsContext>
    )
  return (
    <PermissionsContext value={permissions}>
      <CreatePageContext value={page}>
        <PageHeader
          title="New connection"
          crumbs={crumbs}
          actions={
            <Button
              ref={presetsButton}
              aria-expanded={showsPresets}
              onClick={() => setShowsPresets(!showsPresets)}
            >
              <Icon name="bookmark" /> Presets
            </Button>
          }
        />
        <KeyWarning projectId={projectId} />
        <div className={`grid top above-20 ${styles.page}`}>
          <div>
            <Suspense>{showsPresets && <Presets locked={sending} onClose={closePresets} />}</Suspense>
            <div className={`grid top gap-12 gap-x-20 ${styles.first}`}>
              <ProjectField
                person={person}
                projectId={projectId}
                locked={sending}
                onChoose={(id) => {
                  moveDraft(id, page)
                  navigate(pagePaths.newConnection(id), { state: "keep-focus" })
                }}
              />
              <PasteField locked={sending} />
            </div>
            {/* The page leaves for the new connection when its answer comes, which must not take another open form away. */}
            <noscript>
              <p>This form needs JavaScript.</p>
            </noscript>
            <Tabs
              label="Cloud"
              value={chosenTab}
              shown={areFormsThere ? openTab : null}
              locked={sending}
              onChange={open}
              tabs={tabs}
            />
          </div>
          <aside ref={setVerdictPlace} className={styles.verdict} />
        </div>
      </CreatePageContext>
    </PermissionsContext>
  )
}

/** Clears the forms of all clouds, and brings them back until the person edits one. */
function useClearing(
  forms: CreatePage["forms"],
  notesForm: CreatePage["notesForm"],
  sending: boolean,
): CreatePage["clearing"] {
  const [undo, setUndo] = useState<(() => void) | null>(null)
  return useMemo(() => {
    const clear = () => {
      const undoes = [...forms.values()].map((form) => form.clear())
      const notes = notesForm.getValues()
      notesForm.reset(emptyNotes)
      setUndo(() => () => {
        for (const one of undoes) one()
        notesForm.reset(notes)
        setUndo(null)
      })
    }
    return {
      isCleared: undo !== null,
      toggle: () => !sending && (undo ?? clear)(),
      keep: () => setUndo(null),
    }
  }, [forms, notesForm, sending, undo])
}
