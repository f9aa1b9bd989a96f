import { Component, type ReactNode } from "react"
import { ScriptNotLoaded } from "./lazy-page.ts"

interface Props {
  /** Where the person is: going elsewhere tries again. */
  path?: string
  /** Leaves any other error to the boundary around it. */
  isForScripts?: boolean
  /** Shown in place of what failed. */
  toFallback: (error: unknown) => ReactNode
  children: ReactNode
}

interface State {
  error: unknown
  path: string | undefined
}

/** Keeps what is around it when it throws, or its script could not be loaded, which is tried again when the network is back. */
export class ErrorBoundary extends Component<Props, State> {
  constructor(props: Props) {
    super(props)
    this.state = { error: null, path: props.path }
  }

  static getDerivedStateFromError(error: unknown) {
    return { error }
  }

  static getDerivedStateFromProps({ path }: Props, state: State) {
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
    const { error } = this.state
    if (error === null) return this.props.children
    if (this.props.isForScripts === true && !(error instanceof ScriptNotLoaded)) throw error
    return this.props.toFallback(error)
  }
}
