import type { ApiToken } from "@peering-desk/shared-schemas"
import { roleNames } from "#copy/access.ts"
import { nameTokenProjects, tokenStateWords, toTokenAdvice } from "#copy/api-tokens.ts"
import { Button } from "#ui/Button.tsx"
import { StateText } from "#ui/marks/StateText.tsx"
import { TwoLines, type Column } from "#ui/table/DataTable.tsx"
import { Timestamp } from "#ui/time/Timestamp.tsx"

/**
 * Builds the columns of the table of tokens.
 * @param isNamed shows whose token each is
 */
export function createTokenColumns({
  isNamed,
  nameProject,
  onRevoke,
}: {
  isNamed: boolean
  nameProject: (id: string) => string
  onRevoke: (token: ApiToken) => void
}): Column<ApiToken>[] {
  const person: Column<ApiToken> = {
    title: "Owner",
    render: ({ owner }) => <TwoLines below={owner.email}>{owner.name}</TwoLines>,
  }
  return [
    {
      title: "Name",
      isHead: true,
      render: ({ name, role, projects }) => (
        <TwoLines below={`${roleNames[role]} · ${nameTokenProjects(projects, nameProject)}`}>
          <strong>{name}</strong>
        </TwoLines>
      ),
    },
    ...(isNamed ? [person] : []),
    {
      title: "State",
      render: (token) => <StateText {...tokenStateWords[token.state]} below={renderBelow(token, !isNamed)} />,
    },
    {
      title: "Last used",
      isShort: true,
      render: ({ lastUsedAt, lastUsedFrom }) =>
        lastUsedAt === null ? (
          "Never"
        ) : (
          <TwoLines below={lastUsedFrom}>
            <Timestamp at={lastUsedAt} />
          </TwoLines>
        ),
    },
    { title: "Created", isShort: true, render: ({ createdAt }) => <Timestamp at={createdAt} /> },
    {
      title: "Action",
      isShort: true,
      render: (token) =>
        token.state !== "revoked" &&
        token.state !== "expired" && (
          <Button size="small" onClick={() => onRevoke(token)}>
            Revoke{" "}
            <span className="visually-hidden">
              token {token.name}
              {isNamed && ` of ${token.owner.name}`}
            </span>
          </Button>
        ),
    },
  ]
}

function renderBelow(token: ApiToken, isOwn: boolean) {
  const advice = toTokenAdvice(token, isOwn)
  if (advice !== null) return advice
  if (token.revokedAt !== null) {
    return (
      <>
        By {token.revokedBy}, <Timestamp at={token.revokedAt} />
      </>
    )
  }
  return (
    <>
      {token.state === "expired" ? "On" : "Expires"} <Timestamp at={token.expiresAt} />
    </>
  )
}
