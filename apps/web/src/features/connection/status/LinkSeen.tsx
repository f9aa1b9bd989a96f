import { useQuery } from "@tanstack/react-query"
import { handOffLinksQuery } from "#api/peerings/hand-off-links.ts"
import { useConnectionPage } from "#features/connection/connection-page.ts"
import { useNow } from "#ui/time/now.ts"
import { Timestamp } from "#ui/time/Timestamp.tsx"

/** Says whether the newest open share link was seen by its holder; nothing without one. */
export function LinkSeen() {
  const { projectId, id } = useConnectionPage().peering
  const { data } = useQuery({ ...handOffLinksQuery(projectId, id), refetchInterval: 30_000 })
  const now = useNow()
  const link = data?.find(({ revokedAt, expiresAt }) => revokedAt === null && Date.parse(expiresAt) > now)
  if (link === undefined) return null
  const holder = link.for === null ? "The share link" : `The link for ${link.for}`
  return (
    <>
      {" "}
      {holder}{" "}
      {link.lastOpenedAt === null ? (
        "wasn't opened yet."
      ) : (
        <>
          was opened at <Timestamp at={link.lastOpenedAt} />.
        </>
      )}
    </>
  )
}
