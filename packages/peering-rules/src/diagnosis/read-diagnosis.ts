import { findNameProblem } from "./name-problem.ts"
import { parseDiagnosis } from "./parse-diagnosis.ts"
import { findPathProblem } from "./path-problem.ts"
import { fix, type DiagnosisPlace, type DiagnosisReading } from "./reading.ts"

/** Reads the output of the test script: the first thing that fails, and the step that fixes it. */
export function readDiagnosis(text: string, place: DiagnosisPlace): DiagnosisReading {
  const parsed = parseDiagnosis(text)
  if (parsed === null)
    return {
      verdict: "unreadable",
      says: "This isn't output of the test script.",
      next: 'Paste everything from the line "Peering diagnosis 1" on.',
      step: null,
    }
  const { hosts, isWhole, dnsServer } = parsed
  const problems = hosts.flatMap(
    (host) => findNameProblem(host, dnsServer, place) ?? findPathProblem(host, place) ?? [],
  )
  const [first] = problems
  if (first !== undefined) return first
  if (!isWhole || hosts.length === 0)
    return fix("The output ends early.", 'Wait for the line "End of diagnosis", then paste everything.', null)
  return {
    verdict: "works",
    says:
      hosts.length === 1
        ? "Name, route, port and TLS work. Applications here can connect over the peering."
        : `Name, route, port and TLS work for all ${hosts.length} hosts. Applications here can connect over the peering.`,
    next: null,
    step: null,
  }
}
