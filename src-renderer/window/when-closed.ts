/**
 * Listener for a dialog's `close`. Chromium tells of it with the next frame only: by then a quick hand, or a slow machine, may have opened the dialog
 * again, and what it shows is not to be taken away.
 */
export function whenClosed(then: () => unknown): (event: { currentTarget: HTMLDialogElement }) => void {
  return ({ currentTarget }) => {
    if (!currentTarget.open) then();
  };
}
