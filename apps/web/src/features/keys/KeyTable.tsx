import type { KeyReport } from "@peering-desk/shared-schemas"
import { DataTable, TwoLines, type Column } from "#ui/table/DataTable.tsx"
import { StateText } from "#ui/marks/StateText.tsx"
import { Timestamp } from "#ui/time/Timestamp.tsx"
import { keyKinds, policyRights, toKeyRights, toKeyState, toRoleLines, toSecretWords } from "#copy/keys.ts"

/** The Atlas credentials: which key, whether it works, what it may do, and where. */
export function KeyTable({ keys }: { keys: readonly KeyReport[] | undefined }) {
  return (
    <DataTable
      label="Atlas keys"
      columns={columns}
      rows={keys}
      getKey={({ label }) => label}
      widths="minmax(0, 1.4fr) minmax(0, 1.2fr) minmax(0, 1.4fr) minmax(0, 1.4fr) minmax(0, 1.4fr) minmax(0, 1.3fr) minmax(0, 1.4fr) 84px"
      empty="This server has no Atlas key."
    />
  )
}

const columns: Column<KeyReport>[] = [
  {
    title: "Key",
    isHead: true,
    render: ({ label, kind, maskedId, apiVersion }) => (
      <TwoLines
        below={
          <>
            {keyKinds[kind].id} <span className="mono">{maskedId}</span> · API{" "}
            {apiVersion === "v1.0" ? "v1.0" : "v2"}
          </>
        }
      >
        <span className="strong">{label}</span>
      </TwoLines>
    ),
  },
  {
    title: "State",
    isShort: true,
    render: (report) => <StateText {...toKeyState(report)} />,
  },
  {
    title: "Secret",
    isShort: true,
    render(report) {
      const { until, below } = toSecretWords(report)
      return (
        <>
          {until}
          <More title="secret" lines={below} isFolded={false} />
        </>
      )
    },
  },
  {
    title: "Permissions",
    render: (report) => (
      <>
        {toKeyRights(report)}
        <More title="right" lines={policyRights[report.readsPolicies]} isFolded={false} />
        <More title="role" lines={toRoleLines(report)} isFolded />
      </>
    ),
  },
  {
    title: "Projects",
    render: ({ serves, reach }) => (
      <>
        {serves === "*" && "Default (all other projects)"}
        {serves !== "*" && reach === null && (
          <span className="mono">{serves.length === 0 ? "none" : serves.join(", ")}</span>
        )}
        <More title="project" lines={reach?.map(({ name }) => name) ?? null} isFolded={serves === "*"} />
      </>
    ),
  },
  { title: "API access list", render: ({ accessListSays }) => accessListSays ?? "Not known" },
  {
    title: "Rate limit",
    render: ({ lowestLimit }) =>
      lowestLimit === null ? (
        "Not reported"
      ) : (
        <TwoLines below={<span className="mono">{lowestLimit.resource}</span>}>
          {`At least ${lowestLimit.remaining.toLocaleString("en-US")} of ${lowestLimit.limit.toLocaleString("en-US")} left`}
        </TwoLines>
      ),
  },
  {
    title: "Last tested",
    isShort: true,
    render: ({ checkedAt }) => (checkedAt === null ? "Not yet" : <Timestamp at={checkedAt} />),
  },
]

/** A few lines in the cell; more of them, or secondary ones, folded. */
function More({
  title,
  lines,
  isFolded,
}: {
  title: string
  lines: readonly string[] | null
  isFolded: boolean
}) {
  if (lines === null || lines.length === 0) return null
  const list = (
    <ul className="quiet small lines-16">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  )
  if (!isFolded && lines.length <= 3) return list
  return (
    <details>
      <summary className="quiet small lines-20 tap-line">
        {lines.length === 1 ? `1 ${title}` : `${lines.length} ${title}s`}
      </summary>
      {list}
    </details>
  )
}
