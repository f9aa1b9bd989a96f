import type { CloudAccount } from "@peering-desk/shared-schemas"
import { useQuery } from "@tanstack/react-query"
import { useEffect, useRef, useState } from "react"
import { cloudAccountsQuery, useRemoveCloudAccount } from "#api/cloud-accounts.ts"
import { projectsQuery, useNameProject } from "#api/projects/projects.ts"
import { isForbidden } from "#api/request-error.ts"
import { usePerson } from "#api/session.ts"
import { toReadingPace } from "#copy/cloud-accounts.ts"
import { computeAppPermissions } from "#shared/permissions.ts"
import { ReadBoundary } from "#shared/refusals/ReadFailure.tsx"
import { RoleNotice } from "#shared/RoleNotice.tsx"
import { useQuestion } from "#shared/refusals/use-question.tsx"
import { PageHeader } from "#ui/PageHeader.tsx"
import { AccountList } from "./AccountList.tsx"
import { BeginForm } from "./BeginForm.tsx"
import styles from "./cloud-accounts.module.css"
import { WaysToConnect } from "./WaysToConnect.tsx"
import { ConfirmDialog, type Asking } from "#ui/overlay/ConfirmDialog.tsx"

/** The AWS accounts that are read through a role, and the way to connect another one. */
export function CloudAccountsPage() {
  const person = usePerson()
  const mayConnect = person === undefined || computeAppPermissions(person).connectsClouds
  const read = useQuery({ ...cloudAccountsQuery(), enabled: mayConnect })
  const { data } = read
  const { data: projects } = useQuery(projectsQuery())
  const [chosenId, setChosenId] = useState<string | null>(null)
  const [done, setDone] = useState("")
  const { asked, ask, asking } = useQuestion<CloudAccount>(useRemoveCloudAccount(), ({ name }) =>
    setDone(`${name} is removed`),
  )
  const title = useRef<HTMLHeadingElement>(null)
  const nameProject = useNameProject()
  const chosen = data?.accounts.find(({ id }) => id === chosenId) ?? null

  // The panel shows something else then, which is read from its title on.
  const isFirst = useRef(true)
  useEffect(() => {
    if (!isFirst.current) title.current?.focus()
    isFirst.current = false
  }, [chosenId])

  if (!mayConnect || (data === undefined && isForbidden(read.error)))
    return (
      <>
        <PageHeader title="Cloud accounts" crumbs={["All projects"]} />
        <RoleNotice
          title="Only administrators can connect cloud accounts"
          to="connect the account of a project"
        />
      </>
    )
  return (
    <>
      <PageHeader title="Cloud accounts" crumbs={["All projects"]}>
        Peering Desk reads your side of each path through a role. No key is stored.
      </PageHeader>
      <ReadBoundary read={read}>
        <div className={`grid top ${styles.columns}`}>
          <div className="stack">
            <AccountList
              accounts={data?.accounts}
              nameProject={nameProject}
              onConnect={setChosenId}
              onRemove={ask}
            />
            <p className="quiet text-13">
              Google Cloud and Azure: run the look-up script of a connection and paste its result there.
            </p>
          </div>
          <div>
            <section className={`card stack ${styles.panel}`} aria-labelledby="connect-account">
              <h2 id="connect-account" ref={title} tabIndex={-1} className="no-ring wrap">
                {chosen === null ? "Connect an AWS account" : `Connect ${chosen.name}`}
              </h2>
              {chosen === null ? (
                <BeginForm
                  projects={projects}
                  onBegun={({ id, name }) => {
                    setChosenId(id)
                    setDone(`${name} has an external ID now`)
                  }}
                />
              ) : (
                <WaysToConnect
                  key={chosen.id}
                  account={chosen}
                  projectName={nameProject(chosen.projectId)}
                  templateUrl={data?.templateUrl ?? null}
                  onConnected={() => {
                    setChosenId(null)
                    setDone(`${chosen.name} is connected`)
                  }}
                  onClose={() => setChosenId(null)}
                />
              )}
            </section>
            <p className="above-12 quiet text-13">{toReadingPace(data?.readMinutes ?? 15)}</p>
          </div>
        </div>
      </ReadBoundary>
      <output className="visually-hidden">{done}</output>
      {asked !== null && <RemoveAccountDialog account={asked} {...asking} />}
    </>
  )
}

/** Asks before an account is removed, with the consequences. */
function RemoveAccountDialog({
  account: { name, roleArn, connections },
  ...asking
}: Asking & { account: CloudAccount }) {
  return (
    <ConfirmDialog title={`Remove ${name}?`} act="Remove account" {...asking}>
      <ul className="bullets">
        <li>Facts that were read in it are deleted here.</li>
        {connections > 0 && (
          <li>
            {connections === 1 ? "1 connection stays" : `${connections} connections stay`}. What its facts
            proved becomes “not checked”.
          </li>
        )}
        {roleArn !== null && (
          <li>
            The role <code>{roleArn}</code> stays in AWS until you delete it.
          </li>
        )}
      </ul>
    </ConfirmDialog>
  )
}
