/** A part of the report: rows of texts, below its title if it has one. A name of any script keeps its direction within its cell. */
export function ReportTable({
  title = "",
  note = null,
  head,
  rows,
}: {
  title?: string
  /** A line above the table. */
  note?: string | null
  head: readonly string[]
  rows: readonly (readonly string[])[]
}) {
  return (
    <>
      {title !== "" && <h3>{title}</h3>}
      {note !== null && <p className="fine">{note}</p>}
      <table className={title.toLowerCase() || undefined}>
        <thead>
          <tr>
            {head.map((words) => (
              <th key={words} scope="col">
                {words}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, number) => (
            <tr key={`${number} ${row[0]}`}>
              {row.map((words, index) => (
                <td key={head[index]} data-title={head[index]} dir="auto">
                  {words}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}
