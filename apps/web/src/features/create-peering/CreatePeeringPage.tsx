import type { ProviderName, SessionInfo } from "@peering-desk/shared-schemas"
import { lazy, Suspense, useEffect, useMemo, useState } from "react"
import { Link } from "wouter"
import { usePerson } from "#api/session.ts"
import { PermissionNotice } from "#shared/PermissionNotice.tsx"
import { PermissionsContext, usePermissionsIn } from "#shared/permissions.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { Card } from "#ui/Card.tsx"
import { PageHeading } from "#ui/PageHeading.tsx"
import { Tabs } from "#ui/Tabs.tsx"
import { AwsForm } from "#features/create-peering/form/AwsForm.tsx"
import { AzureForm } from "#features/create-peering/form/AzureForm.tsx"
import { dropOldDrafts } from "#features/create-peering/prefill/draft-storage.ts"
import { PrefillBar } from "#features/create-peering/prefill/PrefillBar.tsx"
import { GcpForm } from "#features/create-peering/form/GcpForm.tsx"
import { LinkPrefill } from "#features/create-peering/prefill/LinkPrefill.tsx"
import { keepOpenTab, readOpenTab } from "#features/create-peering/form/peering-draft.ts"
import { OpenFormsContext, type OpenForms } from "#features/create-peering/form/open-forms.ts"
import { OpenTab } from "#features/create-peering/form/ReasonField.tsx"
import { KeyWarning } from "./KeyWarning.tsx"
import { useReasonForm } from "#features/create-peering/form/use-reason-form.ts"
import { VerdictPlace } from "#features/create-peering/verdict/verdict-place.ts"
import styles from "./create-peering.module.css"

// They stand below the form, so nobody waits for them.
const NextSteps = lazy(async () => ({
  default: (await import("#features/create-peering/verdict/NextSteps.tsx")).NextSteps,
}))

const forms = [
  { value: "AWS", title: "AWS", Form: AwsForm },
  { value: "GCP", title: "GCP", Form: GcpForm },
  { value: "AZURE", title: "Azure", Form: AzureForm },
] as const

/** The form for a new connection, one tab a cloud. */
export function CreatePeeringPage({ projectId }: { projectId: string }) {
  const person = useLastPerson()
  return (
    <>
      <PageHeading
        title="New connection"
        above={<Link href={pagePaths.connections(projectId)}>Connections</Link>}
      />
      {person === null ? (
        <p className={styles.waiting}>Reading who is signed in</p>
      ) : (
        <ConnectionForms
          // Somebody else's draft is another form.
          key={`${person.user.issuer} ${person.user.subject}`}
          session={person}
          projectId={projectId}
        />
      )}
    </>
  )
}

/** Who is signed in, or was until the session ended: their form stays. */
function useLastPerson(): SessionInfo | null {
  const present = usePerson()
  const [person, setPerson] = useState<SessionInfo | null>(null)
  if (present !== undefined && present !== person) setPerson(present)
  return person
}

function ConnectionForms({ session, projectId }: { session: SessionInfo; projectId: string }) {
  const { issuer, subject } = session.user
  const owner = useMemo(() => ({ issuer, subject, projectId }), [issuer, subject, projectId])
  const [open, setOpen] = useState(() => readOpenTab(owner))
  const [sending, setSending] = useState(false)
  const [openForms] = useState<OpenForms>(() => new Map())
  const [verdictPlace, setVerdictPlace] = useState<HTMLElement | null>(null)
  const reasonForm = useReasonForm(owner)
  const permissions = usePermissionsIn(projectId, session)

  useEffect(dropOldDrafts, [])

  // The same elements each time, so that opening a tab draws no form anew.
  const tabs = useMemo(
    () =>
      forms.map(({ value, title, Form }) => ({
        value,
        title,
        panel: <Form owner={owner} reasonForm={reasonForm} onSending={setSending} />,
      })),
    [owner, reasonForm],
  )

  function openTab(providerName: ProviderName) {
    setOpen(providerName)
    keepOpenTab(owner, providerName)
  }

  return (
    <PermissionsContext value={permissions}>
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
          <VerdictPlace value={verdictPlace}>
            <OpenTab value={open}>
              <OpenFormsContext value={openForms}>
                <PrefillBar projectId={projectId} openTab={open} onOpen={openTab} />
                <Tabs
                  label="Cloud"
                  value={open}
                  // The page leaves for the new connection when its answer comes; it should not leave another form by surprise.
                  locked={sending}
                  onChange={openTab}
                  tabs={tabs}
                />
                <LinkPrefill onOpen={openTab} />
              </OpenFormsContext>
            </OpenTab>
          </VerdictPlace>
        </Card>
        <aside ref={setVerdictPlace} className={styles.verdict} />
        <div className={styles.next}>
          <Suspense>
            <NextSteps providerName={open} />
          </Suspense>
        </div>
      </div>
    </PermissionsContext>
  )
}
