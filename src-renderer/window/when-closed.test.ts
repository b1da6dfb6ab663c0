import { expect, test, vi } from 'vitest';
import { whenClosed } from './when-closed';

test('what a dialog shows is taken away when it is closed, not when it has been opened again meanwhile', () => {
  const then = vi.fn();
  const told = whenClosed(then);
  // What an event has of a dialog here.
  const dialog = { open: true } as HTMLDialogElement;
  told({ currentTarget: dialog });
  expect(then).not.toHaveBeenCalled();
  dialog.open = false;
  told({ currentTarget: dialog });
  expect(then).toHaveBeenCalledOnce();
});
