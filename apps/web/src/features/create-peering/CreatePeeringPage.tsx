import {
  providerNames,
  type PeeringDraft,
  type ProviderName,
  type SessionInfo,
} from "@peering-desk/shared-schemas"
import { useCallback, useEffect, useMemo, useState } from "react"
import { usePerson } from "#api/session.ts"
import { PermissionNotice } from "#shared/PermissionNotice.tsx"
import { PermissionsContext, usePermissionsIn } from "#shared/permissions.ts"
import { crumbTo } from "#shared/crumb-to.tsx"
import { pagePaths } from "#shared/page-paths.ts"
import { Card } from "#ui/Card.tsx"
import { PageHeader } from "#ui/PageHeader.tsx"
import { Tabs } from "#ui/Tabs.tsx"
import { CreatePageContext, type CreatePage } from "#features/create-peering/draft/create-page.ts"
import { dropOldDrafts } from "#features/create-peering/draft/draft-storage.ts"
import { keepOpenTab, readOpenTab } from "#features/create-peering/draft/peering-draft.ts"
import { useReasonForm } from "#features/create-peering/draft/use-reason-form.ts"
import { CloudForm } from "#features/create-peering/form/CloudForm.tsx"
import { PrefillBar } from "#features/create-peering/prefill/PrefillBar.tsx"
import { useLinkPrefill } from "#features/create-peering/prefill/use-link-prefill.ts"
import { KeyWarning } from "./KeyWarning.tsx"
import { NextSteps } from "./NextSteps.tsx"
import styles from "./create-peering.module.css"

const tabTitles: Record<ProviderName, string> = { AWS: "AWS", GCP: "GCP", AZURE: "Azure" }

// Constant elements, so that opening a tab renders no form again.
const tabs = providerNames.map((value) => ({
  value,
  title: tabTitles[value],
  panel: <CloudForm providerName={value} />,
}))

/** The page that creates a peering, with one tab per cloud. */
export function CreatePeeringPage({ projectId }: { projectId: string }) {
  const person = useLastPerson()
  return (
    <>
      <PageHeader
        title="New connection"
        crumbs={[crumbTo(pagePaths.connections(projectId), "Connections")]}
      />
      {person === null ? (
        <p className="shell-wait">Reading who is signed in</p>
      ) : (
        <PeeringForms
          // Another person's draft is another form.
          key={`${person.user.issuer} ${person.user.subject}`}
          person={person}
          projectId={projectId}
        />
      )}
    </>
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
  const [openTab, setOpenTab] = useState(() => readOpenTab(owner))
  const [sending, setSending] = useState(false)
  const [forms] = useState<CreatePage["forms"]>(() => new Map())
  const [verdictPlace, setVerdictPlace] = useState<HTMLElement | null>(null)
  const reasonForm = useReasonForm(owner)
  const permissions = usePermissionsIn(projectId, person)

  const open = useCallback(
    (providerName: ProviderName) => {
      setOpenTab(providerName)
      keepOpenTab(owner, providerName)
    },
    [owner],
  )
  const fill = useCallback(
    (title: string, draft: PeeringDraft) => {
      open(draft.providerName)
      forms.get(draft.providerName)?.fill(title, draft)
    },
    [open, forms],
  )
  const page = useMemo<CreatePage>(
    () => ({ owner, reasonForm, openTab, forms, fill, setSending, verdictPlace }),
    [owner, reasonForm, openTab, forms, fill, verdictPlace],
  )
  useEffect(dropOldDrafts, [])
  useLinkPrefill(page)

  return (
    <PermissionsContext value={permissions}>
      <CreatePageContext value={page}>
        {permissions.mayChange ? (
          <KeyWarning projectId={projectId} />
        ) : (
          <div className={styles.rights}>
            <PermissionNotice title="You may look at this project, not create connections in it">
              {" "}
              Nothing can be sent from this form until then.
            </PermissionNotice>
          </div>
        )}
        <div className={styles.page}>
          <Card>
            <PrefillBar />
            {/* The page leaves for the new connection when its answer comes, which must not take another open form away. */}
            <Tabs label="Cloud" value={openTab} locked={sending} onChange={open} tabs={tabs} />
          </Card>
          <aside ref={setVerdictPlace} className={styles.verdict} />
          <div className={styles.next}>
            <NextSteps providerName={openTab} />
          </div>
        </div>
      </CreatePageContext>
    </PermissionsContext>
  )
}
