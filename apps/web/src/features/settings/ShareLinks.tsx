import type { ProjectHandOff } from "@peering-desk/shared-schemas"
import { useQuery } from "@tanstack/react-query"
import { useRef, useState } from "react"
import { Link } from "wouter"
import { projectHandOffsQuery, useRevokeProjectHandOff } from "#api/peerings/hand-off-links.ts"
import { peeringsQuery } from "#api/peerings/peering-list.ts"
import { toPeeringTitle } from "#copy/peerings.ts"
import { toProblemWords } from "#copy/problems.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { usePermissions } from "#shared/permissions.ts"
import { Button } from "#ui/Button.tsx"
import { ProblemNotice } from "#ui/ProblemNotice.tsx"
import { Timestamp } from "#ui/time/Timestamp.tsx"
import { ConfirmDialog } from "./ConfirmDialog.tsx"
import { SettingsSection } from "./SettingsSection.tsx"
import styles from "./settings.module.css"

/** The open share links of the project's connections. */
export function ShareLinks({ projectId }: { projectId: string }) {
  const { data: links, error, isFetching, refetch } = useQuery(projectHandOffsQuery(projectId))
  const { data: list } = useQuery(peeringsQuery(projectId))
  const revoke = useRevokeProjectHandOff(projectId)
  const { mayChange } = usePermissions()
  const [asked, setAsked] = useState<ProjectHandOff | null>(null)
  const place = useRef<HTMLDivElement>(null)

  function getTitle({ peeringId }: ProjectHandOff): string {
    const peering = list?.peerings.find(({ id }) => id === peeringId)
    return peering === undefined ? peeringId : (peering.label ?? toPeeringTitle(peering.peer))
  }

  return (
    <SettingsSection
      title="Share links"
      about="Open to anyone who has the link, no sign-in needed."
      isLoading={links === undefined}
      error={links === undefined ? error : null}
      isFetching={isFetching}
      onRetry={() => void refetch()}
    >
      <div ref={place} tabIndex={-1} className={styles.list}>
        {revoke.isError && <ProblemNotice {...toProblemWords(revoke.error)} announce />}
        {links?.length === 0 ? (
          <p>No open share links. Share creates one on the page of a connection.</p>
        ) : (
          <ul className={styles.rows} aria-label="Share links">
            {links?.map((link) => (
              <li key={link.id} className={styles.link}>
                <span>
                  <Link href={pagePaths.connection(projectId, link.peeringId)}>{getTitle(link)}</Link>
                  <span className={styles.sub}>{link.for ?? "No recipient given"}</span>
                </span>
                <span>
                  {link.madeBy}
                  <span className={styles.sub}>{formatOpened(link)}</span>
                </span>
                <span className={styles.fine}>
                  Ends <Timestamp at={link.expiresAt} />
                </span>
                {mayChange && (
                  <Button
                    size="small"
                    aria-label={`Revoke the link of ${getTitle(link)}`}
                    onClick={() => setAsked(link)}
                  >
                    Revoke
                  </Button>
                )}
              </li>
            ))}
          </ul>
        )}
      </div>
      {asked !== null && (
        <ConfirmDialog
          title={`Revoke the link for ${asked.for ?? getTitle(asked)}?`}
          act="Revoke link"
          onClose={() => setAsked(null)}
          onConfirm={() => {
            // The button of the revoked row is gone by then.
            revoke.mutate(
              { peeringId: asked.peeringId, handOffId: asked.id },
              { onSuccess: () => place.current?.focus() },
            )
            setAsked(null)
          }}
        >
          The link stops working immediately. The connection is not affected.
        </ConfirmDialog>
      )}
      <output className="visually-hidden">{revoke.isSuccess && "Link revoked"}</output>
    </SettingsSection>
  )
}

function formatOpened({ openedCount, declinedAt }: ProjectHandOff): string {
  if (declinedAt !== undefined) return "Declined"
  if (openedCount === 0) return "Not opened"
  return openedCount === 1 ? "Opened once" : `Opened ${openedCount} times`
}
