import type { ProviderName } from "@peering-desk/shared-schemas"
import { useMemo, useState } from "react"
import { Link } from "wouter"
import { pagePaths } from "#page-paths.ts"
import { Card } from "#ui/Card.tsx"
import { PageHeading } from "#ui/PageHeading.tsx"
import { Tabs } from "#ui/Tabs.tsx"
import { AwsForm } from "./AwsForm.tsx"
import { AzureForm } from "./AzureForm.tsx"
import { GcpForm } from "./GcpForm.tsx"
import { NextSteps } from "./NextSteps.tsx"
import { keepOpenTab, readOpenTab } from "./peering-draft.ts"
import styles from "./create-peering.module.css"

const forms = [
  { value: "AWS", title: "AWS", Form: AwsForm },
  { value: "GCP", title: "GCP", Form: GcpForm },
  { value: "AZURE", title: "Azure", Form: AzureForm },
] as const

/** The form for a new connection, one tab a cloud. */
export function CreatePeeringPage({ projectId }: { projectId: string }) {
  const [open, setOpen] = useState(() => readOpenTab(projectId))
  const [sending, setSending] = useState(false)

  // The same elements each time, so that opening a tab draws no form anew.
  const tabs = useMemo(
    () =>
      forms.map(({ value, title, Form }) => ({
        value,
        title,
        panel: <Form projectId={projectId} onSending={setSending} />,
      })),
    [projectId],
  )

  function openTab(providerName: ProviderName) {
    setOpen(providerName)
    keepOpenTab(projectId, providerName)
  }

  return (
    <>
      <PageHeading
        title="New connection"
        above={<Link href={pagePaths.connections(projectId)}>Connections</Link>}
      />
      <div className={styles.page}>
        <Card>
          <Tabs
            label="Cloud"
            value={open}
            // The page leaves for the new connection when its answer comes; it should not leave another form by surprise.
            locked={sending}
            onChange={openTab}
            tabs={tabs}
          />
        </Card>
        <aside className={styles.aside}>
          <NextSteps providerName={open} />
        </aside>
      </div>
    </>
  )
}
