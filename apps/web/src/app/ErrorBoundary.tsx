import { Component, type ReactNode } from "react"
import { Button } from "#ui/Button.tsx"
import { ScriptNotLoaded } from "#ui/lazy-page.ts"
import { ProblemNotice } from "#ui/ProblemNotice.tsx"
import { toProblemWords } from "#copy/problems.ts"

interface Props {
  /** Where the person is: going elsewhere tries again. */
  path: string
  children: ReactNode
}

/** Keeps the shell when a page throws, or its script could not be loaded, which is tried again when the network is back. */
export class ErrorBoundary extends Component<Props, { error: unknown; path: string }> {
  constructor(props: Props) {
    super(props)
    this.state = { error: null, path: props.path }
  }

  static getDerivedStateFromError(error: unknown) {
    return { error }
  }

  static getDerivedStateFromProps({ path }: Props, state: { path: string }) {
    return path === state.path ? null : { error: null, path }
  }

  override componentDidCatch(error: unknown) {
    if (!(error instanceof ScriptNotLoaded)) return
    error.renew()
    addEventListener("online", this.#tryAgain, { once: true })
  }

  override componentWillUnmount() {
    removeEventListener("online", this.#tryAgain)
  }

  readonly #tryAgain = () => this.setState({ error: null })

  override render() {
    if (this.state.error === null) return this.props.children
    return (
      <ProblemNotice
        {...toProblemWords(this.state.error)}
        announce
        actions={<Button onClick={() => location.reload()}>Reload</Button>}
      />
    )
  }
}
