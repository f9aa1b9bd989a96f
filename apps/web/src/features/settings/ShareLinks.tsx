import type { ProjectHandOff } from "@peering-desk/shared-schemas"
import { useQuery } from "@tanstack/react-query"
import { Link } from "wouter"
import { projectHandOffsQuery, useRevokeProjectHandOff } from "#api/peerings/hand-off-links.ts"
import { peeringsQuery } from "#api/peerings/peering-list.ts"
import { namePeering } from "#copy/peerings.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { usePermissions } from "#shared/permissions.ts"
import { Button } from "#ui/Button.tsx"
import { Timestamp } from "#ui/time/Timestamp.tsx"
import { SettingsList } from "./SettingsList.tsx"
import styles from "./settings.module.css"

/** The open share links of the project's connections. */
export function ShareLinks({ projectId }: { projectId: string }) {
  const read = useQuery(projectHandOffsQuery(projectId))
  const { data: list } = useQuery(peeringsQuery(projectId))
  const revoke = useRevokeProjectHandOff(projectId)
  const { mayChange } = usePermissions()

  function getTitle({ peeringId, name }: ProjectHandOff): string {
    const peering = list?.peerings.find(({ id }) => id === peeringId)
    return peering === undefined ? name : namePeering(peering)
  }

  return (
    <>
      <SettingsList
        title="Share links"
        about="Open to anyone who has the link, no sign-in needed."
        read={read}
        failure={revoke.error}
        empty="No open share links. Share creates one on the page of a connection."
        rowClass={styles.link}
        renderRow={(link, ask) => (
          <>
            <span>
              <Link href={pagePaths.connection(projectId, link.peeringId)}>{getTitle(link)}</Link>
              <span className="block faint small lines-15">{link.for ?? "No recipient given"}</span>
            </span>
            <span>
              {link.madeBy}
              <span className="block faint small lines-15">{formatOpened(link)}</span>
            </span>
            <span className={`quiet text-13 ${styles.fine}`}>
              Ends <Timestamp at={link.expiresAt} />
            </span>
            {mayChange && (
              <Button size="small" aria-label={`Revoke the link of ${getTitle(link)}`} onClick={ask}>
                Revoke
              </Button>
            )}
          </>
        )}
        toQuestion={(link) => ({
          title: `Revoke the link for ${link.for ?? getTitle(link)}?`,
          act: "Revoke link",
          consequences: "The link stops working immediately. The connection is not affected.",
        })}
        onRemove={({ peeringId, id }, onDone) =>
          revoke.mutate({ peeringId, handOffId: id }, { onSuccess: onDone })
        }
      />
      <output className="visually-hidden">{revoke.isSuccess && "Link revoked"}</output>
    </>
  )
}

function formatOpened({ openedCount, declinedAt }: ProjectHandOff): string {
  if (declinedAt !== undefined) return "Declined"
  if (openedCount === 0) return "Not opened"
  return openedCount === 1 ? "Opened once" : `Opened ${openedCount} times`
}
