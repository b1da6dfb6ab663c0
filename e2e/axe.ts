/** Faults of accessibility in a part of the window, found by axe. */
import type { Page } from '@playwright/test';
// Its source alone, which comes with @axe-core/playwright: that one puts it into the page anew for each question, and sends what is right, too.
import axe from 'axe-core';

export interface AxeFault {
  rule: string;
  impact: string;
  /** The elements, and why. */
  at: { html: string; said: string }[];
}

/**
 * In the given parts, or in the whole window; by all rules but the experimental ones, or by those with one of the tags. What lies behind a modal
 * dialog is gone through each time without being looked at: the views are taken away meanwhile.
 */
export async function axeFaults(page: Page, parts: readonly string[] = [], tags: readonly string[] = []): Promise<AxeFault[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  return page.evaluate(
    async ([include, runOnly]) => {
      const { axe: there } = window as unknown as { axe: typeof axe };
      const isOver = include.length > 0 && include.every((part) => document.querySelector(part)?.closest('dialog:modal'));
      const behind = isOver ? [...document.querySelectorAll<HTMLElement>('.views > *')] : [];
      const shown = behind.map(({ style }) => style.display);
      for (const { style } of behind) style.display = 'none';
      try {
        const { violations } = await there.run(include.length > 0 ? { include: include.map((part) => [part]) } : document, {
          resultTypes: ['violations'],
          ...(runOnly.length > 0 ? { runOnly: [...runOnly] } : {}),
        });
        return violations.map(({ id, impact, nodes }) => ({
          rule: id,
          impact: impact ?? '',
          at: nodes.map(({ html, failureSummary }) => ({ html: html.slice(0, 160), said: failureSummary ?? '' })),
        }));
      } finally {
        for (const [i, { style }] of behind.entries()) style.display = shown[i] ?? '';
      }
    },
    [parts, tags] as const,
  );
}
