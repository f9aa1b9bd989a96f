import { Link } from "wouter"
import { getRegion, getStateSince, type InventoryRow } from "@peering-desk/peering-rules"
import { RowPath } from "#shared/inventory/RowPath.tsx"
import { pagePaths } from "#shared/page-paths.ts"
import { CopyButton } from "#ui/CopyButton.tsx"
import { CloudMark } from "#ui/marks/CloudMark.tsx"
import type { Column } from "#ui/table/DataTable.tsx"
import table from "#ui/table/DataTable.module.css"
import { Age } from "#ui/time/Timestamp.tsx"
import styles from "./ConnectionList.module.css"
import type { FindTime } from "./rows/time-in-state.ts"
import { RowMenu } from "./RowMenu.tsx"
import type { RowActions } from "./selection/row-actions.ts"
import { RowState } from "./RowState.tsx"

interface Options {
  /** All rows are of one project, which is not named again. */
  isOneProject: boolean
  findTime: FindTime
  actions: RowActions
}

/** Builds the columns of the list. */
export function createListColumns({ isOneProject, findTime, actions }: Options): Column<InventoryRow>[] {
  return [
    {
      title: "Name",
      isHead: true,
      sort: "name",
      render: (row) => (
        <span className="grid level gap-12 mark-column">
          <CloudMark cloud={row.peering.peer.providerName} />
          <span className="narrow">
            <Link
              href={pagePaths.connection(row.project.id, row.peering.id)}
              className={`block cut cover plain-link strong ${table.rowLink}`}
              title={row.title}
            >
              {row.title}
            </Link>
            <span className={`${table.sub} ${styles.place}`}>
              {!isOneProject && <span>{row.project.name}</span>}
              {row.network !== row.title && <code className={styles.id}>{row.network}</code>}
              <span className={styles.region}>{getRegion(row)}</span>
            </span>
          </span>
        </span>
      ),
    },
    {
      title: "Your network",
      sort: "network",
      render: ({ network }) => (
        <span className="flex level narrow anchor">
          <code className="cut" title={network}>
            {network}
          </code>
          <span className={`screen-only rounded-6 afloat ${styles.copy}`}>
            <CopyButton value={network} label="ID" />
          </span>
        </span>
      ),
    },
    {
      title: "CIDR",
      sort: "cidr",
      render: ({ cidr }) =>
        cidr === null ? (
          <span className="faint">
            <span aria-hidden="true">–</span>
            <span className="visually-hidden">not reported by Atlas</span>
          </span>
        ) : (
          <code className="nowrap quiet">{cidr}</code>
        ),
    },
    {
      title: "Path",
      render: (row) => (
        <span className={styles.link}>
          <code className="hidden">{row.cidr}</code>
          <RowPath row={row} />
          <code className="hidden">{row.container?.atlasCidrBlock}</code>
        </span>
      ),
    },
    {
      title: "Atlas container",
      sort: "container",
      render: ({ container, peering: { peer } }) =>
        container === null ? (
          <code className="block cut" title={peer.containerId ?? undefined}>
            {peer.containerId}
          </code>
        ) : (
          <>
            <span className="block cut" title={getRegion({ container }) ?? undefined}>
              {getRegion({ container })}
            </span>
            <code className={`${table.sub} cut small`}>{container.atlasCidrBlock}</code>
          </>
        ),
    },
    { title: "Status", sort: "status", render: (row) => <RowState row={row} usual={findTime(row)} /> },
    {
      title: "Since",
      sort: "since",
      isEnd: true,
      render: ({ peering }) => {
        const { since, isSeen } = getStateSince(peering)
        return since !== null && <Age since={since} seenAlready={!isSeen} />
      },
    },
    {
      title: "Actions",
      hidesTitle: true,
      render: (row) => <RowMenu row={row} actions={actions} />,
    },
  ]
}
