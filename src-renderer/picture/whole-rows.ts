/** On paper nobody scrolls: a row that the edge of its part would cut in two is left out. */

/** What is read as one. */
const ROWS = 'li, tr, dl > div, p';
/** Less than this is no letter, px. */
const SLACK_PX = 1.5;

interface Span {
  top: number;
  bottom: number;
}

/** Part of it is inside of the frame, part of it outside. */
export function isCut(row: Span, frame: Span): boolean {
  const isSeen = row.bottom > frame.top + SLACK_PX && row.top < frame.bottom - SLACK_PX;
  return isSeen && (row.top < frame.top - SLACK_PX || row.bottom > frame.bottom + SLACK_PX);
}

/** Hides the rows of `paper` that are cut by what would scroll in a window. */
export function hideCutRows(paper: HTMLElement): void {
  for (const frame of paper.querySelectorAll<HTMLElement>('.body *')) {
    if (frame.scrollHeight <= frame.clientHeight + SLACK_PX || !/auto|scroll/.test(getComputedStyle(frame).overflowY)) continue;
    const edge = frame.getBoundingClientRect();
    for (const row of frame.querySelectorAll<HTMLElement>(ROWS)) {
      // Of a row of rows those inside are looked at.
      if (row.querySelector(ROWS) === null && isCut(row.getBoundingClientRect(), edge)) row.style.visibility = 'hidden';
    }
  }
}
