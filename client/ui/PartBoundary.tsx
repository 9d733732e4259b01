// Duty: where a part of a page cannot be loaded, show something in its place instead of losing the whole page. Any other error goes on.
import { Component, type ReactNode } from 'react';

/** A part of the program did not come: there is no connection, or the server was renewed while this page was open. */
export const isMissingPart = (error: unknown): boolean =>
  error instanceof Error &&
  /dynamically imported module|importing a module|module script|preload css/i.test(error.message);

interface Props {
  /** Shown where the part should be. */
  instead: ReactNode;
  children: ReactNode;
}

export class PartBoundary extends Component<Props, { error: unknown }> {
  override state = { error: null };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render() {
    const { error } = this.state;
    if (error === null) return this.props.children;
    if (!isMissingPart(error)) throw error;
    return this.props.instead;
  }
}
