import { Component, type ReactNode } from 'react';

interface Props {
  /** The address: at another one the page is tried anew. */
  readonly at: string;
  readonly children: ReactNode;
}

/** Around pages: a fault in one of them leaves the way to the others, and says so. Only a class can catch it. */
export class Boundary extends Component<Props, { readonly error: Error | null }> {
  override state = { error: null as Error | null };

  static getDerivedStateFromError(error: unknown) {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override componentDidUpdate({ at }: Props) {
    if (at !== this.props.at && this.state.error !== null) this.setState({ error: null });
  }

  override render() {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return (
      <div className="failed" role="alert">
        <title>A fault · Tocsin</title>
        <h1>This page can’t be shown</h1>
        <p>A fault of the console’s own, not of what was asked: {error.message}</p>
        <button type="button" onClick={() => location.reload()}>
          Load it anew
        </button>
      </div>
    );
  }
}
