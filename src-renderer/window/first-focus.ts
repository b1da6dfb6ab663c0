/** Where the keyboard is when a dialog has just been opened: in the first thing that it is opened for, not on the cross that closes it. */

const USEFUL =
  'input:not([type=hidden], :disabled), select:not(:disabled), textarea:not(:disabled), button:not(:disabled, [data-close]), a[href], summary, [tabindex="0"]';

/** Of radio buttons the one that is chosen: arrows go on from there. */
function chosenOf(first: HTMLElement, dialog: Element): HTMLElement {
  if (!(first instanceof HTMLInputElement) || first.type !== 'radio' || first.checked) return first;
  const group = [...dialog.querySelectorAll<HTMLInputElement>('input[type=radio]')].filter(({ name }) => name === first.name);
  return group.find(({ checked }) => checked) ?? first;
}

/** A dialog that has put the focus elsewhere already keeps it there; one with nothing but its cross keeps it on that. */
export function takeFocus(): void {
  const { activeElement: focused } = document;
  const dialog = focused?.closest('dialog[open]');
  if (!dialog || !(focused === dialog || focused?.matches('[data-close]'))) return;
  const first = [...dialog.querySelectorAll<HTMLElement>(USEFUL)].find((each) => each.tabIndex >= 0);
  if (first) chosenOf(first, dialog).focus();
}
